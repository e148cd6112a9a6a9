# Why can't I connect? The examination on the screen, its keys, and its command.

key-examine-again = look again
key-find-key = where it goes
key-forget-host-key = forget old host key
key-rewrite-host = rewrite entry
key-log-in-as = login user
key-convert-key = convert

doctor-title = Why can't I connect to { $name }?
doctor-line = { $what }: { $said }
doctor-press = Press { $key }.
why-nothing-to-mend = Nothing here is mended by that key.

task-examine = examining { $name }
task-rewrite-host = rewriting the remembered host of { $name }
task-forget-host-key = forgetting the host key of { $name }
done-rewrite-host = The remembered host of { $name } now names { $host }.
done-forget-host-key = The old host key of { $name } is forgotten; the next connection compares the new one with the console.

find-key-title = The private key of { $name }
find-key-copy = Copy the private key file of { $name } to this machine. It is looked for by what it holds, not by its name, in: { $folders }
find-key-lost = If it is lost, nobody can give it to you again: AWS never had it. Another way in may still work (W), or the volume can be moved to another server.
find-key-again = Then D looks again.
