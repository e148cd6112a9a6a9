# Remembered hosts, sessions for PuTTY, and Windows' ways in.

## Remembered hosts
task-hosts = remembering hosts
hosts-title = Remember { $n ->
    [one] 1 host
   *[other] { $n } hosts
} for ssh?
hosts-entries = { $n ->
    [one] 1 entry
   *[other] { $n } entries
} in { $path }, a file of ec2deck's own:
hosts-entries-there = { $n ->
    [one] The entry
   *[other] The { $n } entries
} in { $path } are there already:
hosts-asleep = { $n ->
    [one] 1 instance has
   *[other] { $n } instances have
} no address just now and no entry yet.
hosts-line = One line goes to the top of { $path }; all else in it stays as it is:
hosts-none = No instance here has an address for ssh.
hosts-unchanged = Nothing to change: { $n ->
    [one] 1 host is
   *[other] { $n } hosts are
} remembered in { $path }.
hosts-done = ssh { $alias } works now, in every tool ({ $n ->
    [one] 1 host
   *[other] { $n } hosts
}).
hosts-done-none = No host of this region is in { $path } any more.
hosts-not-followed = The remembered hosts could not be brought up to date; H says why.

## Sessions for PuTTY
way-putty = save as a PuTTY session
task-putty = saving a PuTTY session of { $name }
putty-done = PuTTY has a session { $name } now: { $path }
putty-done-with-key = PuTTY has a session { $name } now: { $path }, with the key { $key }
putty-import-title = Put the session into the registry, where PuTTY finds it?
putty-import-command = This runs: { $command }
putty-import-replaces = A session of PuTTY that is called { $name } is replaced.
putty-importing = Saving the PuTTY session { $name }.
putty-not-imported = The session did not get into the registry; its file is there.
unlock-title = The private key of { $name } is encrypted
unlock-note-putty = The key for PuTTY gets the same passphrase.
unlock-empty = Type the passphrase of the file.
why-putty-jump = Past a jump host PuTTY needs a proxy of its own: not saved from here.
why-no-key-pair = It was launched without a key pair.
why-no-key-here = No private key here.
why-key-not-rsa = Only an RSA key opens a password.

## Windows
way-copy-rdp = copy: the address for remote desktop
way-password = show the Administrator password
task-password = asking for the password of { $name }
password-title = Administrator password of { $name }
password-user = The user is Administrator. y copies the password.
password-kept = It is stored nowhere: closing this page forgets it.
password-shown = The password is shown here only.
password-copied = The password is on the clipboard.
password-none = { $name } tells no password.
password-none-yet = Windows makes its password at the first boot, and it takes up to about 4 minutes after the launch until EC2 tells it. Try again then.
password-none-ever = Images of one's own that were not generalised with EC2Launch or Sysprep make none: the password is the one of the machine that the image was made from.
key-copy-password = copy
