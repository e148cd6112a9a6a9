# When an instance stops or ends by itself.

key-auto-stop = auto-stop
column-auto-stop = AUTO-STOP
page-copied = Copied.

# What a person types
auto-stop-when-placeholder = 4h, 90m, 1h30 or 23:00
auto-stop-when-hint = After a time (4h, 90m, 1h30, 2d), at an hour of your clock (23:00), or on a day (2026-11-25 09:00).
auto-stop-when-empty = When? For example 4h, or 23:00.
auto-stop-when-no-unit = Hours or minutes? Write 4h or 4m.
auto-stop-when-unknown = This is no time: write 4h, 90m, 1h30, 23:00 or 2026-11-25 09:00.
auto-stop-when-too-soon = At least { $minutes } minutes from now.
auto-stop-when-too-far = A year from now at most.
auto-stop-when-past = That has passed already.
auto-stop-moment = { $time }, in { $wait }
auto-stop-when-both = { $time } ({ $utc })
auto-stop-span = { $larger } { $smaller }
auto-stop-stops-at = stops by itself at { $time }
auto-stop-terminates-at = is terminated at { $time }

# The launch
launch-details-auto-stop = Auto-stop
launch-details-auto-stop-stop = stop
launch-details-auto-stop-terminate = terminate
launch-details-auto-stop-hint = A timer on the server itself, by user data. It needs an image with cloud-init (EC2Launch on Windows) and a server that works.
launch-details-auto-stop-when = When
launch-auto-stop-missing = Step 3: say when the server is to stop.
launch-auto-stop-tags = Step 5: with an auto-stop, { $most } tags at most.
launch-auto-stop-shutdown-stop = Sent as stop: the auto-stop needs that.
launch-auto-stop-shutdown-terminate = Sent as terminate: the auto-stop needs that.
auto-stop-stop-note = A stopped server costs no hours. Its volumes and an Elastic IP go on costing.
auto-stop-terminate-note = Terminating is final: the server goes, and every volume that is deleted with it.
auto-stop-terminate-protected-note = Terminating is final. Termination protection does not hold this back: the shutdown comes from inside.
review-user-data-timer = user data: the auto-stop timer, { $bytes } bytes
review-user-data-both = user data: the auto-stop timer and your file, { $bytes } bytes
review-auto-stop-depends = the timer is on the server and depends on it
review-auto-stop-too-near = The auto-stop has come too near. Go back to step 3 and set it again.
timer-windows = On Windows the timer and a script of your own do not go together. Leave one of them out, or set the auto-stop with A once the server is there.
timer-compressed = The file is compressed; the timer cannot be put beside it. Unpack it first.
timer-binary = The file is no plain text (UTF-8); the timer cannot be put beside it.
timer-unknown-kind = The file does not begin with a line that cloud-init knows, such as #!/bin/sh or #cloud-config; the timer cannot be put beside it.
timer-odd-mime = The file is MIME but does not begin with its headers; the timer cannot be put beside it.
timer-too-large = Your file ({ $own } bytes) and the timer make { $total } bytes together; EC2 takes { $most }.

# The dialog
auto-stop-title = Auto-stop of { $name }
auto-stop-field-what = What
auto-stop-what-stop = stop
auto-stop-what-terminate = terminate
auto-stop-what-off = take it off
auto-stop-field-when = When
auto-stop-field-how = How
auto-stop-how-scheduler = EventBridge Scheduler
auto-stop-how-command = a command for the server
auto-stop-how-explain = what role does it need?
auto-stop-field-role = Role ARN
auto-stop-role-placeholder = arn:aws:iam::123456789012:role/ec2deck-auto-stop
auto-stop-role-hint = An IAM role that EventBridge Scheduler acts as. How: what role does it need? explains it.
auto-stop-role-missing = AWS refuses without a role. Choose "what role does it need?" above, or a command for the server.
auto-stop-role-wrong = A role's ARN looks like arn:aws:iam::123456789012:role/NAME.
auto-stop-role-partition = In this region a role's ARN begins with arn:{ $partition }:.
auto-stop-role-account = The role has to belong to this account, { $account }.
auto-stop-note-server = A timer on the server does it, too: it { $what }. A schedule does not take its place.
auto-stop-note-scheduled = Scheduled now: it { $what }. This takes its place.
auto-stop-note-other = Somebody has made another schedule of it: { $expression }. This takes its place.
auto-stop-note-no-schedule = Its tag says so, but EventBridge Scheduler has no schedule any more.
auto-stop-note-unread = The schedules could not be read: { $why }.
auto-stop-off-note = Deletes the schedule and the tag. A timer on the server itself can only be taken off there: you get the command.
auto-stop-explain-note = Enter shows what the role is for, and the commands that make it.
auto-stop-command-note = Enter copies the command; you run it on the server yourself. Nothing is changed in AWS, and the list shows no countdown.
auto-stop-stop-costs = A stopped server costs no hours. Its volumes and an Elastic IP go on costing. A public address of its own changes.
auto-stop-terminate-final = Terminating is final: the server goes, and every volume that is deleted with it.
auto-stop-shutdown-asking = Asking what a shutdown does to this server.
auto-stop-shutdown-stops = A shutdown stops this server; it can be started again.
auto-stop-shutdown-terminates = A shutdown TERMINATES this server: its shutdown behaviour says so. It is gone then.
auto-stop-shutdown-terminates-too = A shutdown terminates this server, as its shutdown behaviour says.
auto-stop-shutdown-only-stops = A shutdown only stops this server, as its shutdown behaviour says. It is not terminated by this.
auto-stop-shutdown-unknown = What a shutdown does to this server could not be read: it may terminate it.
auto-stop-command-title = A command for the server
auto-stop-command-run = Run this on { $name }. It shuts down { $wait } after that:
auto-stop-command-now = The time counts from when you run it. It is copied.
auto-stop-command-limits = It does not outlive a reboot, and it depends on the server working. sudo shutdown -c (on Windows shutdown /a) calls it off.

auto-stop-role-title = The role of EventBridge Scheduler
auto-stop-role-why = At the hour it is AWS itself that stops the server, and it does so as a role of your account. Without one, AWS refuses the schedule.
auto-stop-role-trust = The role trusts scheduler.amazonaws.com, and only for schedules of this account.
auto-stop-role-may = It may stop and terminate instances of this region, and nothing else.
auto-stop-role-pass = You yourself need scheduler:CreateSchedule, and iam:PassRole for this role.
auto-stop-role-copy = y copies the commands below. The last one tells the ARN to enter.

# Work
task-auto-stop = setting the auto-stop of { $name }
task-auto-stop-off = taking the auto-stop off { $name }
auto-stop-confirm-title = Terminate { $name } at that time?
auto-stop-protected = Termination protection is on: AWS will refuse to terminate it at that time unless it is off by then.
auto-stop-protection-unknown = Whether termination protection is on could not be read.
auto-stop-done = { $name } { $what }. u takes it back.
auto-stop-done-for-good = { $name } { $what }. What was scheduled before is not known, so this cannot be taken back with u.
auto-stop-untagged = { $name } { $what }, but the tag could not be put on: others will not see it.
auto-stop-role-forgotten = { $name } { $what }, but the role could not be remembered.
auto-stop-undo = the auto-stop of { $name }
auto-stop-off-undo = taking the auto-stop off { $name }
auto-stop-off-done = { $name } does not stop by itself any more. u takes that back.
auto-stop-off-for-good = { $name } does not stop by itself any more.
auto-stop-off-no-schedule = There was no schedule any more: only the tag of { $name } is gone.
auto-stop-off-tag-stays = The schedule of { $name } is deleted, but its tag could not be taken off, and others still see it. { $why } A tries again.
auto-stop-off-mark = The mark of { $name } is gone.
auto-stop-off-nothing = { $name } has no schedule.
auto-stop-server-title = Is the timer on { $name } off?
auto-stop-server-why = This timer lives on the server, where nobody outside can reach it. Run this there (it is copied):
auto-stop-server-command = { $command }
auto-stop-server-yes = Yes: it has been run, so the mark goes. No: the mark stays, and so does the timer.
auto-stop-server-stays = The timer on { $name } stays until its command has been run there.

# The list and the details
auto-stop-list-stop = stops in { $wait }
auto-stop-list-terminate = terminates in { $wait }
auto-stop-list-stop-short = stop { $wait }
auto-stop-list-terminate-short = terminate { $wait }
auto-stop-list-overdue-stop = should have stopped { $late } ago
auto-stop-list-overdue-terminate = should have ended { $late } ago
auto-stop-list-overdue-short = { $late } late
auto-stop-list-gone = not scheduled
details-auto-stop = Auto-stop
details-auto-stop-at = { $said }  { $time }
details-auto-stop-server = a timer on the server
details-auto-stop-scheduler = EventBridge Scheduler
details-auto-stop-unchecked = EventBridge Scheduler, says the tag; not checked
details-auto-stop-gone = says the tag, but there is no such schedule any more
details-auto-stop-by = set by { $name }

# What can go wrong
problem-what-schedule = The auto-stop was not scheduled.
problem-what-unschedule = The schedule was not deleted.
problem-what-schedules = The schedules could not be read.
problem-pass-role = You may not hand this role to EventBridge Scheduler: the permission iam:PassRole is missing.
problem-scheduler-unreachable = EventBridge Scheduler ({ $host }) cannot be reached. Some regions do not have it.
problem-schedule-instead = Ask for the permission, or choose "a command for the server" under How: it needs none.
code-schedule-conflict = A schedule of this name is there already, or is being changed right now.
code-schedule-conflict-next = Try again in a moment.
code-schedule-gone = The schedule is not there any more: it has run, or somebody has deleted it.
code-schedule-role = The role does not let EventBridge Scheduler act as it.
code-schedule-role-next = It must trust scheduler.amazonaws.com. Under How, "what role does it need?" shows how to make one.
setting-role = the ARN of a role of that account belongs here
