# Key pairs: made, imported, deleted, converted, and put right on this machine.

## Keys and marks
key-new-key = new key pair
key-import-key = import
key-export-key = for PuTTY
key-lock-key = close to others
column-created = CREATED
mark-key-ppk = here as .ppk
details-private-ppk = The private key is here as .ppk only: for PuTTY, not for ssh.
details-private-silent = It may be in a file that is encrypted and does not tell which key it holds: { $paths }
why-key-not-here = The private key is not on this machine.
why-key-is-closed = Only you can read it: nothing needs to be changed.

## New
new-key-title = New key pair
new-key-kind = Type
new-key-ed25519 = ed25519
new-key-rsa = RSA { $bits }
new-key-ed25519-hint = Short and modern. Windows images need RSA.
new-key-rsa-hint = What Windows images need.
new-key-rsa-3072-hint = EC2’s guide names 2048 and 4096 bits only; whether it takes 3072 shows in its answer.
new-key-file = private key file { $path }
new-key-file-made = made already, and not in AWS yet: { $path }
new-key-file-there = { $path } holds another private key already, and is never replaced. Choose another name.
new-key-note = The private key is made on this machine and written first. AWS gets its public half only.
new-key-file-stays = The private key stays in { $path }; AWS has not got its public half.
new-key-left-behind = Key pair { $name }: its private key is in { $path }, and whether AWS has its public half is not known yet.
task-new-key = making key pair { $name }
done-new-key = Key pair { $name } is there. Its private key is in { $path }.

## Import
import-key-title = Import a public key
import-key-found = On this machine
import-key-found-hint = Private keys that are in no key pair of this region yet.
import-key-other = another file
import-key-path = File
import-key-path-hint = A public key (.pub), or a private key that is here.
import-key-path-empty = A file is needed.
import-key-note = Of a private key, only the public half is read out and sent. EC2 takes RSA and ed25519.
key-input-passphrase = Its passphrase
key-input-passphrase-hint = Opens the file. It is kept nowhere.
task-import-key = importing { $name }
done-import-key = Key pair { $name } is there, imported from { $path }.
problem-not-for-ec2 = { $path } holds a key of the kind { $kind }. EC2 takes RSA and ed25519 only; nothing was sent.
problem-not-for-ec2-next = Import another key, or make a new key pair.

## Delete
delete-key-title = Delete key pair { $name } ({ $id })?
delete-key-users = { $n ->
    [one] { $n } instance was launched with it:
   *[other] { $n } instances were launched with it:
}
delete-key-users-unknown = Which instances were launched with it is not known: their list was not read.
delete-key-unused = No instance of this region was launched with it.
delete-key-servers-keep-it = Servers keep it: deleting takes nothing out of their authorized_keys, so whoever has the private key still gets in.
delete-key-file-stays = The private key stays on this machine: { $paths }
delete-key-no-file = Its private key is not on this machine.
task-delete-key = deleting key pair { $name }
done-delete-key = Key pair { $name } is deleted in AWS.

## For PuTTY, and back
export-key-title = Convert the private key of { $name }
export-key-from = Private key
export-key-to = New file
export-key-to-hint = It is never replaced if something is there.
export-key-to-empty = A file is needed.
export-key-version = File version
export-key-version-3 = 3
export-key-version-2 = 2
export-key-version-hint = PuTTY before 0.75 (May 2021) needs 2.
export-key-passphrase = New passphrase
export-key-passphrase-hint = Asked for whenever the new file is used. It is kept nowhere.
export-key-again = The same again
export-key-differs = The two passphrases differ.
export-key-no-passphrase = Without a passphrase, anybody who has the file can log in.
export-key-note-ppk = PuTTY takes .ppk files only. The private key file that is here stays as it is.
export-key-note-pem = This file is PuTTY’s: it becomes a file that ssh can use. The .ppk file stays as it is.
task-export-key = converting the private key of { $name }
done-export-ppk = { $path } is written. In PuTTY: Connection > SSH > Auth > Credentials.
done-export-pem = { $path } is written. ssh can use it.

## Who can read it
task-lock-key = closing the private key of { $name }
done-lock-key = { $n ->
    [one] Only you can read { $paths } now.
   *[other] Only you can read these { $n } files now: { $paths }
}
