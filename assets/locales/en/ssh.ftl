# Getting in: what may be handed to ssh, what is remembered, and what can go wrong with it.

## Parts of a login, and why one is refused
login-part-instance = instance id
login-part-host = address
login-part-port = port
login-part-user = login user
login-part-jump = jump host
login-part-key = path of the private key
login-part-file = path of the file
login-refused-empty = The { $part } is empty.
login-refused-option = The { $part } begins with "-", which ssh would take for an option.
login-refused-character = The { $part } holds a character that it must not hold: { $character }
login-refused-long = The { $part } is too long.
login-refused-shape = The { $part } does not have the form of one.
login-no-address = The instance has no address.

## Kinds of address
address-kind-elastic = Elastic IP
address-kind-public = public address
address-kind-private = private address
address-kind-ipv6 = IPv6 address

## The settings file
setting-unknown = Line { $line }, column { $column }: { $key } means nothing here and is passed over.
setting-syntax = It is not TOML: { $words }
setting-table = [{ $name }] is a table.
setting-text = A text in quotes belongs here.
setting-port = A number from 1 to 65535 belongs here.
setting-yes-or-no = It must be true or false.

## What did not happen, why, and what to do next
problem-what-read-remembered = The settings could not be read.
problem-what-write-remembered = The settings were not written.
problem-what-write-hosts = The hosts were not remembered.
problem-what-write-putty = The PuTTY session was not written.
problem-what-scan-host-keys = The host keys could not be read.
problem-what-known-hosts = The known hosts could not be read or changed.
problem-setting = { $path }, line { $line }, column { $column }: { $fault }
problem-setting-next = Mend the line or take it out. The file is left alone until then.
problem-no-program = The program { $name } was not found on this machine.
problem-no-program-next = Install { $name }, or add its folder to PATH.
