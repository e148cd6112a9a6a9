# Getting in to an instance.

key-connect = connect
key-ways-in = ways in
key-login-settings = login settings
key-remember-hosts = remember hosts
key-doctor = why can't I connect

ways-title = How to get in to { $name }
way-ssh = ssh, in this terminal
way-copy-ssh = copy: ssh
way-copy-forward = copy: forward a port
way-copy-scp-to = copy: a file to it
way-copy-scp-from = copy: a file from it

task-connect = connecting to { $name }
connect-says = { $name }: { $user }@{ $host }. { $key }
connect-key-known = The host key is known from before.
connect-key-verified = The host key is the one that the instance's console told.
connect-key-unverified = The host key could not be compared with the instance's console; it is taken as it is and kept.
connect-other-key-title = Not connected
connect-other-key = Who answers at { $host } is not { $name }: its host key is another one than the instance's console told at its first boot.
connect-other-key-shown = It shows { $fingerprint }.
connect-other-key-next = Unless you made new host keys on the server yourself, somebody may stand in between. Nothing was sent.
connect-not = Not connected to { $name }.
connect-silent = { $name } does not answer at { $host }, port { $port }. D says why.
connect-ended = The connection to { $name } has ended.
connect-failed = ssh did not get in to { $name }. D says why.
connect-no-ssh = There is no program named ssh on this machine. Install OpenSSH's client.
connect-not-run = The system did not let the program run.
connect-no-home = The system knows no home folder, so there is no place for known hosts.
why-not-running = It does not run.

login-title = Log in to { $name }
login-field-user = User
login-field-port = Port
login-field-jump = Jump host
login-field-private = Private address
login-usual = For images of this family mostly: { $users }
login-no-jump = none
login-hint-jump = USER@HOST:PORT, for the whole VPC: what stands between you and its private addresses.
login-note = The user is remembered for all images of this family, jump host and private address for the VPC.
login-kept-in = Kept in { $path }, where it can be edited by hand.
login-remembered = Remembered for { $name }.
task-remember = remembering
connect-windows = A Windows instance is entered by Remote Desktop, not by ssh.
