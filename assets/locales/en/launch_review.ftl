# Step 6: security group
group-mode = Group
group-mode-new = new
group-mode-existing = existing
group-name = Name
group-description = Description
group-description-hint = EC2 needs one and never lets it change.
group-rule-port = type the port
group-rule-block = type an address block
group-my-address = type your address
group-only-new = of a new group only
group-column-type = TYPE
group-column-port = PORT
group-column-source = SOURCE
group-custom-tcp = custom TCP
group-source-my-ip = my IP
group-source-asking = asking…
group-source-anywhere = anywhere
group-no-rules = No rules: nothing can reach the instance.
group-block-rewritten = { $typed } is kept by EC2 as { $kept }.
group-port-wrong = One port or a range from 1 to 65535, such as 8080 or 8000-8100.
group-my-ip-wait = Your address is still being asked for. Wait a moment, or choose another source.
group-my-address-wrong = Your address could not be found out. Type it: one IPv4 or IPv6 address.
group-block-wrong = An address block such as 198.51.100.0/24, or one address.
group-rule-twice = This rule stands there already.
group-rules-full = A group takes { $most } rules at most.
group-rules-missing = Step 6: a rule is not complete yet.
group-name-taken = A group of this VPC has this name already (case makes no difference).
group-name-empty = A name is needed.
group-name-reserved = A name cannot begin with sg-.
group-text-too-long = 255 characters at most.
group-text-bad-character = EC2 does not take { $character } here: Latin letters, digits, spaces and a few signs only.
group-description-empty = A description is needed.
group-world-title = Open this to the whole internet?
group-world-rule = { $rule } from anywhere
group-world-why = A port for administration or data that is open to the world is attacked within minutes. Your own address is enough to get in.
group-no-way-in = No rule lets anybody in on { $rule }: you will not be able to log in.
group-only-from-here = { $rule } answers only to the address you sit at now.
group-existing-none = Choose at least one group with Space.
group-existing-full = An instance takes { $most } groups at most.
group-existing-space = Space chooses
group-existing-rules = { $count ->
    [one] { $count } rule
   *[other] { $count } rules
}
group-existing-open = open to the world
group-existing-admits = lets you in
group-existing-loading = The groups are being read…
group-existing-empty = This VPC has no group yet.
group-existing-lets-in = { $rule } is open to your address.
group-existing-keeps-out = None of the chosen groups lets your address in on { $rule }.
group-existing-unknown = Your address is not known, so nobody can say whether these groups let you in.

# Step 7: review
review-no-image = Step 1: choose an image first.
review-no-type = Step 2: choose an instance type first.
review-type-does-not-fit = Step 2: the instance type does not run this image's architecture.
review-image = { $name }, { $architecture }, { $id }
review-login-user = login user { $user }
review-type = { $name }, { $vcpus } vCPU, { $memory } GiB
review-eligible = free-tier eligible
review-credits = CPU credits { $mode }
review-count = { $count ->
    [one] { $count } instance
   *[other] { $count } instances
}
review-default-vpc = default VPC
review-vpc = { $id }
review-subnet = { $id }
review-public-ip = public address
review-no-public-ip = no public address
review-iam-profile = IAM profile { $name }
review-shutdown-terminates = shutdown terminates
review-protected = termination protection
review-monitoring = detailed monitoring, which costs money
review-imdsv2 = IMDSv2 required
review-imdsv1 = IMDSv1 allowed
review-user-data = user data, { $bytes } bytes
review-volume = { $device } { $gib } GiB { $kind }
review-no-tags = no tags
review-tag = { $key } = { $value }
review-new-group = new group { $name }
review-rule = { $traffic } from { $peer }
review-no-rules = no rules: nothing can reach it
review-existing-group = { $name } { $id }
review-key = Key pair
review-key-new = new
review-key-existing = existing
review-key-none = none
review-key-name = Name
review-key-which = Which
review-key-new-hint = Made on this machine and written to { $folder } first. AWS gets the public half only.
review-key-rsa = RSA, because Windows images take nothing else.
review-key-here = its private key is here: { $path }
review-key-not-here = its private key is not on this machine
review-key-open = others can read { $path }: ssh will refuse it
review-key-none-hint = Without a key pair you can log in only if the image has another way.
review-key-name-taken = A key pair of this region has this name already.
review-key-name-empty = A name is needed.
review-key-name-long = 255 characters at most.
review-key-name-ascii = Latin letters, digits and signs only: EC2 takes nothing else in a key pair's name.
review-key-name-space = A name cannot begin or end with a space.
review-read-only = Read-only mode: nothing is launched.
review-no-key-title = Launch without a key pair?
review-no-key-why = Nobody can log in to this instance with ssh unless the image has another way, and a key pair cannot be added later.
review-verdict = Dry run
review-verdict-not-asked = not asked: the plan is not complete
review-verdict-asking = asking AWS whether this is allowed…
review-verdict-allowed = AWS would allow this launch
review-verdict-refused = AWS would refuse this launch
review-verdict-could-not-ask = AWS could not be asked
review-refused-again = The dry run was refused. Enter again launches all the same.
review-launch = Launch { $count ->
    [one] { $count } instance
   *[other] { $count } instances
}
review-leave-stays = What this launch has made stays:

# The launch under way
run-stage-tidy = Remove what an earlier try made
run-stage-key-pair = Key pair
run-stage-group = Security group
run-stage-rules = Rules
run-stage-instance = Instance
run-stage-running = Running
run-stage-checks = Status checks
run-tidy-done = removed
run-key-generating = making the private key on this machine
run-key-importing = importing the public half
run-key-done = { $name }, private key in { $path }
run-group-done = { $name } { $id }
run-rules-done = { $count ->
    [one] { $count } rule
   *[other] { $count } rules
}
run-instance-done = { $count ->
    [one] { $ids }
   *[other] { $count }: { $ids }
}
run-running-so-far = { $running } of { $total } running
run-running-done = { $running } of { $total } running
run-checks-so-far = { $passed } of { $total } passed; this takes a few minutes, you need not wait
run-checks-done = passed
run-not-visible-yet = not visible yet, asking again
run-could-not-ask = no answer ({ $code }), asking again
run-looking = no clear answer; looking whether it was made
run-failed-name-taken = Something that this launch did not make has the name already. Go back and choose another name.
run-failed-nothing-made = The answer was lost, and a look showed that nothing was made. Trying again is safe.
run-failed-unsettled = The answer was lost, and looking failed, too: whether it was made is not known yet. Trying again looks first.
run-failed-ended = EC2 accepted the launch and ended it at once.
run-ended-reason = { $id }: { $reason }
run-ended-no-reason = { $id }: EC2 gives no reason
run-failed-impaired = A status check has failed: { $ids }
run-exists = By now there is
run-exists-nothing = Nothing was made in AWS.
run-has-key-file = private key file { $path }
run-has-key-pair = key pair { $name }
run-has-group = security group { $name } { $id }
run-has-instance = instance { $id }
run-nothing-to-show = There is no instance yet.
run-nothing-failed = Nothing has failed.
run-wait = A change is under way: wait for its outcome.
run-look-in-list = Whether the instance was made is not known yet: look for it in this list.
run-remove-title = Remove what this launch has made?
run-remove-instance = terminate instance { $id }
run-remove-key-pair = delete key pair { $name } ({ $id }) in AWS
run-remove-group = delete security group { $name } ({ $id })
run-key-file-stays = The private key file { $path } stays.
run-remove-under-way = It is being removed already.
run-remove-only-after-failure = Only after a failure. Instances are terminated in their pane.
run-remove-settle-first = Whether the instance was made is not known yet. Try again first: that looks.
run-remove-nothing = Nothing was made in AWS.
run-removal = Removing
run-removed-all = Everything is removed.
run-still-in-use = still in use, trying again
run-ready = Your server runs
run-address = Address
run-no-address = none: it can be reached from inside its VPC only
run-ssh = Log in
run-rdp = Remote Desktop to { $address } as Administrator; the private key decrypts the password
run-private-key = Private key
run-key-elsewhere = not on this machine
run-no-key = none
run-others = and { $count } more, in the instances pane
run-copied = Copied: { $words }
run-nothing-to-copy = There is no address yet.
run-may-leave = You may leave: the dashboard goes on watching.
run-back-hint = Closing this goes back to Review: your answers stay, and what exists is used by the next try.
