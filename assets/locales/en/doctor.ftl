# Why can't I connect? Findings are phrases without a full stop: they stand in a line, and in the last sentence.

# What did not happen
problem-what-routes = The route tables could not be read.
problem-what-acls = The network ACLs could not be read.
problem-what-console = The console output could not be read.
problem-what-password = The Windows password could not be read.
problem-what-try-login = ssh could not be tried.
problem-wrong-key = The password was encrypted for another key than { $path }.
problem-wrong-key-next = Choose the RSA private key of the key pair that the instance was launched with.
problem-not-rsa = { $path } is no RSA key, and only an RSA key opens a Windows password.

## The ten checks, while they are not done yet
doctor-running = state and status checks
doctor-address = public address
doctor-route = route to the internet
doctor-acl = network ACL
doctor-rule = security group rule
doctor-key = private key
doctor-user = login user
doctor-tcp = connection to the port
doctor-login = login
doctor-console = console output

## What cannot be seen
doctor-blind = { $what }: could not look
doctor-needs-permission = needs { $action }
doctor-other-family = you are seen as { $me }, which is of another family than { $target }
doctor-private-way = the way to a private address is not EC2's alone
doctor-without-address = not tried without an address

## 1 Running
doctor-running-gone = there is no such instance
doctor-running-not = the instance is not running: { $state }
doctor-running-passed = running, status checks passed
doctor-running-initializing = running, status checks not finished yet
doctor-running-unchecked = running, without a result of the status checks
doctor-running-system-impaired = running, but AWS's side of it has failed the system status check
doctor-running-instance-impaired = running, but its operating system has failed the instance status check
doctor-running-event = AWS has announced: { $event }

## 2 Address
doctor-address-none = it has no public address
doctor-address-when-running = it has no public address while it is not running
doctor-address-only-private = its private address is { $private }
doctor-address-elastic = { $target } is its Elastic IP
doctor-address-changing = { $target } is its public address; it changes with every stop and start
doctor-address-maybe-changing = { $target } is its public address; whether it stays is not known
doctor-address-v6 = { $target } is its IPv6 address
doctor-address-private = { $target } is its private address
doctor-address-remembered = the remembered host names it, too
doctor-address-named = the remembered host goes by the name { $name }
doctor-address-remembered-other = the remembered host names { $remembered }, but the address is { $target }

## 3 Route
doctor-route-internet = { $subnet } leads to the internet ({ $gateway })
doctor-route-table = route table { $table }
doctor-route-none = { $subnet } has no route to the internet in { $table }
doctor-route-missing = missing: a route from { $destination } to an internet gateway (igw-...)
doctor-route-blackhole = the route in { $table } leads to { $gateway }, which is gone
doctor-route-out-only = { $subnet } leads out through { $gateway }, which lets nothing in
doctor-route-elsewhere = { $subnet } leads to { $gateway }; whether you are behind it cannot be seen from here
doctor-route-no-subnet = the instance names no subnet
doctor-route-no-table = no route table for { $subnet } was found

## 4 Network ACL
doctor-acl-open = network ACL { $acl } lets { $port } in and replies out
doctor-acl-in = network ACL { $acl } keeps { $me } out of port { $port }
doctor-acl-out = network ACL { $acl } keeps replies to { $me } back (port { $port })
doctor-acl-entry = entry { $entry } denies { $block }
doctor-acl-no-entry = no entry allows it
doctor-acl-none = no network ACL for the subnet was found

## 5 Rule
doctor-rule-covers = { $group } lets { $me } in on port { $port }
doctor-rule-none = no rule lets { $me } in on port { $port }
doctor-rule-moved = { $group } lets your earlier address { $old } in on port { $port }, but not { $me }
doctor-rule-others = { $group } allows { $peers }
doctor-rule-nobody = nobody is let in on port { $port }
doctor-rule-no-group = the instance has no security group
doctor-rule-list = whether { $list } holds { $me } is not known

## 6 Key
doctor-key-good = { $path } is here, belongs to { $name }, and only you can read it
doctor-key-fits = { $path } is here and belongs to { $name }
doctor-key-newer = { $name } was made after the instance was last launched, which may know an older key of that name
doctor-key-missing = the private key of { $name } is not on this machine
doctor-key-other = { $path } does not belong to { $name }
doctor-key-unproven = { $path } is here; whether it belongs to { $name } is not known
doctor-key-pair-gone = { $name } was deleted from EC2
doctor-key-encrypted = it has a passphrase and does not tell its public half
doctor-key-open = others can read { $path }, so ssh leaves it aside
doctor-key-ppk = { $path } is a PuTTY key, which ssh does not read
doctor-key-without-pair = launched without a key pair: which key it takes is not known here
doctor-key-rdp = no key is needed: Remote Desktop asks for a password

## 7 User
doctor-user-fits = login user { $user } fits { $image }
doctor-user-other = { $image } is usually entered as { $usual }, not as { $user }
doctor-user-no-image = login user { $user } is a guess: the image is gone
doctor-user-rdp = Remote Desktop has its own user, Administrator

## 8 Connection
doctor-tcp-not-tried = not tried yet
doctor-tcp-answers = { $at } answers
doctor-tcp-accepts = { $at } accepts connections
doctor-tcp-other-service = { $at } answers, but it is no SSH server
doctor-tcp-timed-out-expected = { $at } does not answer (timed out), as expected { $because }
doctor-because-running = of an instance that is not running
doctor-because-address = with that address
doctor-because-route = without that route
doctor-because-acl = behind that network ACL
doctor-because-rule = without that rule
doctor-tcp-timed-out = { $at } does not answer (timed out)
doctor-tcp-timed-out-why = nothing found above explains it: a firewall on your side, one on the server, or a server that hangs
doctor-tcp-unseen = perhaps because of what could not be looked at: { $what }
doctor-tcp-still-booting = it may still be booting
doctor-tcp-refused = { $at } refuses: reached, but nothing listens
doctor-tcp-refused-why = the SSH server is down or on another port
doctor-tcp-refused-before = EC2 would not answer at all: something on the way to it refuses
doctor-tcp-silent = { $at } accepts, but says nothing
doctor-tcp-silent-why = the server hangs (out of memory), or something on the way answers for it
doctor-tcp-reset = { $at } breaks the connection off
doctor-tcp-closed = { $at } accepts and hangs up at once
doctor-tcp-hung-up-why = the SSH server has too many connections or shuts you out, or something on the way does
doctor-tcp-unreachable = { $at } cannot be reached from this machine
doctor-tcp-unreachable-why = this machine's own network says: { $words }

## 9 Login
doctor-login-works = ssh logs in as { $user }
doctor-login-not-tried = login not tried
doctor-login-pointless = login not tried without a connection
doctor-login-rdp = login not tried: Remote Desktop asks for a password
doctor-login-denied = the server does not take the key for { $user }
doctor-login-denied-as-found = because of what was found above: { $what }
doctor-login-denied-no-keys = it takes no keys, only: { $ways }
doctor-login-denied-why = the server knows another key for this user (a key pair that is changed in EC2 later changes nothing on it), or the key has a passphrase that no agent knows
doctor-login-other-user = the server lets { $other } log in, not { $user }
doctor-login-host-key-changed = the server shows another host key than before
doctor-login-host-key-proven = the console output names the new key { $fingerprint }, so it is the server's own
doctor-login-host-key-unproven = the new key is { $fingerprint }; go on only if you know why it has changed
doctor-login-host-key-careful = go on only if you know why it has changed
doctor-login-host-key-unknown = the server's host key is not known yet, and ssh takes only known ones
doctor-login-key-open = ssh leaves the key aside: others can read its file
doctor-login-key-missing = ssh does not find the key file
doctor-login-key-unreadable = ssh cannot read the key file: damaged, or a PuTTY key
doctor-login-too-many-keys = the server hung up: ssh offered too many keys
doctor-login-nothing-in-common = ssh and the server have no algorithm in common
doctor-login-timed-out = ssh got no answer in time
doctor-login-refused = ssh was refused: nothing listens
doctor-login-hung-up = the server hung up on ssh
doctor-login-name-unknown = ssh cannot resolve the host's name
doctor-login-no-way = ssh finds no way to the server
doctor-login-configuration = ssh does not take its configuration: { $line }
doctor-login-failed = ssh failed: { $line }
doctor-login-silent = ssh failed without a word

## 10 Console
doctor-console-good = the console shows no failed boot
doctor-console-none = the console has no output yet
doctor-console-panic = the kernel has panicked
doctor-console-no-root = the kernel does not find its root volume
doctor-console-emergency = the system has stopped in emergency mode
doctor-console-fsck = a file system is damaged
doctor-console-disk-full = a volume is full
doctor-console-memory = memory has run out
doctor-console-cloud-init = cloud-init has failed, so keys and users may be missing
doctor-console-ssh-server = the SSH server did not start

## What mends it
doctor-mend-start = start the instance
doctor-mend-wait = wait a minute or two
doctor-mend-reboot = reboot the instance
doctor-mend-stop-and-start = stop and start the instance, so that it gets other hardware
doctor-mend-fixed-address = give it a fixed address
doctor-mend-rewrite-host = rewrite the remembered host
doctor-mend-allow-my-ip = allow your present address
doctor-mend-find-key = bring the private key to this machine
doctor-mend-convert-key = convert the key for ssh
doctor-mend-lock-key = close the key file to others
doctor-mend-choose-user = log in as { $user }
doctor-mend-forget-host-key = forget the old host key

## The last sentence
doctor-cause-and-mend = The first cause: { $cause }. What mends it: { $mend }.
doctor-cause = The first cause: { $cause }.
doctor-well = Everything is fine: you get in.
doctor-nothing-found = { $n ->
    [0] Nothing stands in the way, as far as was tried.
    [one] Nothing was found, but one check could not be made.
   *[other] Nothing was found, but { $n } checks could not be made.
}
