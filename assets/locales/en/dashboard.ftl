# The dashboard: header, panes, details, footer, and what lies over it.

## Header
header-demo = DEMO
header-read-only = READ-ONLY
header-endpoint = at { $host }
header-running = { $n } running
header-idle = { $n ->
    [one] { $n } idle IP
   *[other] { $n } idle IPs
}
header-problem = not connected
header-opening = connecting
header-reading = reading
header-read-now = read just now
header-read-ago = read { $age } ago

## Ages
age-seconds = { $n } s
age-minutes = { $n } m
age-hours = { $n } h
age-days = { $n } d

## Panes
pane-instances = Instances
pane-security-groups = Security groups
pane-addresses = Elastic IPs
pane-key-pairs = Key pairs
pane-details = Details
title-count = { $n } of { $total }
title-failed = not read

column-name = NAME
column-id = ID
column-state = STATE
column-type = TYPE
column-zone = ZONE
column-public-ip = PUBLIC IP
column-private-ip = PRIVATE IP
column-key = KEY
column-age = AGE
column-platform = SYSTEM
column-checks = CHECKS
column-vpc = VPC
column-rules = RULES
column-used-by = USED BY
column-mark = WARNING
column-description = DESCRIPTION
column-address = ADDRESS
column-on = ON
column-algorithm = TYPE
column-fingerprint = FINGERPRINT
column-here = PRIVATE KEY

state-pending = starting
state-running = running
state-stopping = stopping
state-stopped = stopped
state-shutting-down = terminating
state-terminated = terminated
state-unknown = unknown

count-rules = { $n ->
    [one] { $n } rule
   *[other] { $n } rules
}
count-instances = { $n ->
    [one] { $n } instance
   *[other] { $n } instances
}
mark-elastic-ip = EIP
mark-open-to-world = { $what } open to the world
mark-idle-address = idle, costs money
mark-address-on-stopped = costs money: { $name } is not running
mark-address-on-loose-interface = costs money: { $interface } is attached to nothing
mark-key-here = here
mark-key-not-here = not here
mark-key-open = open to others

## Lists without rows
empty-reading = reading
empty-not-read = Not read.
empty-no-region = Choose a region first: press R.
empty-filtered = None of { $total } matches “{ $filter }”. Esc clears the filter.
empty-instances = No instances in this region. An instance is a server that you rent by the second.
empty-launch-first = launch your first server
empty-groups = No security groups. They decide who can reach a server.
empty-addresses = No Elastic IPs. One keeps its address when a server stops and starts.
empty-keys = No key pairs.
hint-details = details
hint-try-again = try again
hint-other-region = other region

## Details
details-nothing = Nothing is selected.
details-none = none
details-state-for = { $state } for { $time }
details-checks-passed = status 2/2 passed
details-checks-running = status checks still run
details-checks-failed = status { $n }/2 passed
details-vcpus = { $n } vCPU
details-gib = { $size } GiB
details-free-tier = free-tier eligible
details-public = Public
details-private = Private
details-public-dns = Public DNS
details-private-dns = Private DNS
details-elastic-ip = Elastic IP
details-changes-on-stop = changes when it stops and starts
details-no-public-ip = no public address
details-key = Key
details-no-key = none: nobody can log in with a key
details-key-gone = deleted in EC2
details-login = Log in as
details-image = Image
details-reach = Who can reach it
details-nobody = Nobody: no rule lets anything in.
details-nowhere = No rule lets anything out.
details-volumes = Volumes
details-volume-goes = deleted with it
details-volume-stays = stays when it is terminated
details-encrypted = encrypted
details-more = More
details-platform = System
details-zone = Zone
details-subnet = Subnet
details-group = Group
details-iam = IAM profile
details-imds-required = IMDSv2 required
details-imds-optional = IMDSv1 allowed: any program on it can read its credentials without a token
details-imds-disabled = off
details-monitoring = Monitoring
details-monitoring-detailed = detailed, every minute, costs money
details-launched = Launched
details-interface = Interface
details-tags = Tags
details-id = Id
details-description = Description
details-inbound = Who can reach it
details-outbound = What it can reach
details-used-by = On these instances
details-group-open = { $what } is open to the world: bots try it within minutes.
details-address-idle = Idle: it costs money and is on nothing. Releasing it ends that.
details-address-on-stopped = It costs money also while its instance does not run.
details-address-on-loose-interface = Idle: it costs money, and its network interface is attached to nothing. Releasing it ends that.
details-address-in-use = In use. Every public IPv4 address is billed by the hour.
details-allocation = Allocation
details-association = Association
details-on = On
details-private-here = The private key is on this machine.
details-private-missing = The private key is not in the folders that were searched. AWS does not keep it.
details-private-open = Others on this machine can read the file, so ssh refuses it: chmod 400 mends that.
details-algorithm = Type
details-fingerprint = Fingerprint
details-created = Created
details-ago = { $time } ago
details-launched-with = Launched with it

rule-all-traffic = all traffic
rule-protocol = protocol { $n }
rule-all-ports = all
rule-icmp-type = type { $n }
rule-anywhere = anywhere
rule-anywhere-v6 = anywhere (IPv6)
rule-group = group { $name }
rule-my-ip = my IP
rule-open-to-world = open to the world

## Footer
footer-marked = { $n } marked

## Keys: what each does, in one or two words
key-launch = launch
key-start = start
key-stop = stop
key-reboot = reboot
key-terminate = terminate
key-mark = mark
key-mark-all = mark all
key-menu = actions
key-copy = copy
key-copy-ssh = copy ssh command
key-filter = filter
key-sort = sort
key-focus-instances = instances
key-focus-groups = security groups
key-focus-addresses = Elastic IPs
key-focus-keys = key pairs
key-focus-details = details
key-next-pane = next pane
key-previous-pane = previous pane
key-zoom = zoom
key-refresh = refresh
key-region = region
key-profile = profile
key-show-problem = error details
key-palette = commands
key-help = help
key-quit = quit
key-keep-filter = keep filter
key-clear-filter = clear filter
key-choose = choose
key-other-answer = other answer
key-answer = answer
key-yes = yes
key-no = no
key-confirm = confirm
key-close = close
key-next-step = next
key-previous-step = back
key-next-field = next field
key-other-source = other source
key-architecture = architecture
key-credits = credit mode
key-change = change
key-fill-allowance = fill allowance
key-add-volume = add volume
key-remove-volume = remove volume
key-add-rule = add rule
key-add-https = HTTPS
key-add-http = HTTP
key-add-tcp = custom TCP
key-cycle-source = source
key-remove-rule = remove rule
key-ask-again = ask again
key-go-to-instance = go to instance
key-retry = try again
key-remove-made = remove what was made
key-preview = as AWS CLI
key-leave = leave
key-leave-launch = leave launch
key-down = down
key-up = up
key-first = first
key-last = last
key-page-down = page down
key-page-up = page up

## Help
help-title = Keys
help-doing = Do
help-looking = Look
help-panes = Panes
help-moving = Move
help-leaving = Leave

## Lists to choose from
choice-type-to-narrow = type to narrow the list
choice-nothing = Nothing matches.
choice-in-use = in use
menu-title = { $name }
palette-title = Commands
sort-title = Sort by
sort-ascending = smallest first
sort-descending = largest first
profile-title = Profile
region-title = Region
first-region-title = In which region?

## Questions
answer-no = No
answer-yes = Yes
confirm-type = Type { $word } to go on.
confirm-type-either = Type { $word } or { $other } to go on.
confirm-word-differs = That is not the word that was asked for.
confirm-instance = { $name }  { $id }
confirm-and-more = and { $n } more
confirm-stop = { $n ->
    [one] Stop this instance?
   *[other] Stop these { $n } instances?
}
confirm-reboot = { $n ->
    [one] Reboot this instance?
   *[other] Reboot these { $n } instances?
}
confirm-terminate = { $n ->
    [one] Terminate this instance?
   *[other] Terminate these { $n } instances?
}
confirm-quit = Quit now?
stop-address-changes = Its public address is given back; a start brings another one.
stop-address-costs = Its Elastic IP stays and costs money also while it does not run.
stop-volumes-cost = Volumes stay and are billed while it is stopped.
reboot-keeps-everything = Addresses and volumes stay as they are.
terminate-is-final = This cannot be undone. What is on its own disks is lost.
terminate-is-protected = { $name } has termination protection. Switch the protection off first; nothing was terminated.
terminate-keeps-volumes = { $n ->
    [one] { $n } volume stays and is billed until you delete it.
   *[other] { $n } volumes stay and are billed until you delete them.
}
terminate-keeps-address = The Elastic IP { $address } stays and costs money until you release it.
quit-writes-under-way = { $n ->
    [one] { $n } request is on its way. AWS will carry it out, but you will not see what comes of it.
   *[other] { $n } requests are on their way. AWS will carry them out, but you will not see what comes of them.
}

## Pages
commands-title = As AWS CLI commands
problem-title = What went wrong
problem-details = Details
problem-operation = Operation
problem-code = Code
problem-message = Message
problem-request = Request id
outcomes-summary = { $done } done, { $failed } not
outcome-done = done

## What just happened
done-start = { $name } is starting.
done-stop = { $name } is stopping.
done-reboot = { $name } is rebooting.
done-terminate = { $name } is being terminated.
done-several = Done for { $n } instances.
copied = Copied: { $value }
no-ssh-command = It has no address to connect to.

## Why something cannot be done now
why-read-only = Read-only mode: nothing is changed.
why-no-region = Choose a region first.
why-nothing-selected = Nothing is selected.
why-windows-has-no-ssh = Windows is reached by remote desktop, not ssh.
why-list-is-empty = The list is empty.
why-no-problem = There is no error to show.
why-demo-has-one-profile = The demo has only one profile.
why-none-of-marked = None of the marked instances is in a state for that.
why-terminated = It is terminated.
why-runs-already = It is running already.
why-stopped-already = It is stopped already.
why-reboot-needs-running = Only a running instance can be rebooted.
why-still-starting = It is still starting.
why-still-stopping = It is still stopping.
why-not-in-this-state = Not possible in this state.
why-not-in-this-step = Not possible in this step.
why-region-not-enabled = not enabled for this account
notice-later = There is more to see as soon as you leave this.
