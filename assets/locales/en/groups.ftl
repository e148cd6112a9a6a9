# Security groups, their rules, and what instances carry them.

## One key: my address
key-allow-my-ip = allow my IP
key-close-to-me = only my IP
task-allow = allowing your address on { $name }
task-close = closing { $name } to your address
allow-added = { $group } lets { $me } in now: { $kind }.{ $shared } u takes it back.
allow-moved = { $group } lets { $me } in now: { $kind }, moved from { $old }.{ $shared } u takes it back.
allow-shared = { " " }{ $n ->
    [one] { $n } other instance shares it.
   *[other] { $n } other instances share it.
}
allow-covered = { $me } is let in already: { $rule } in { $group }. Nothing was changed.
allow-there-already = { $group } lets { $me } in already. Nothing was changed.
allow-no-group = { $name } carries no security group that could take a rule.
close-title = Limit the open ports of { $name } ({ $id }) to { $me }?
close-narrows = { $rule }: from now on only { $me }
close-adds = { $rule }: added
close-removes = { $rule }: removed, another rule lets you in
close-narrows-several = From now on only { $me }: { $rules }
close-adds-several = Added: { $rules }
close-removes-several = Removed, other rules let you in: { $rules }
close-both = { $first }; { $next }
close-changed = The rules have changed meanwhile. This is what would be done now:
close-unfinished = { $name }: only a part was done before it failed. u takes that part back; w does the rest.
close-closes-more = A wider rule is among them: whatever else it let in, such as web pages, is closed to others, too.
close-users = { $n ->
    [0] No instance carries this group.
    [one] { $n } instance carries this group.
   *[other] { $n } instances carry this group.
}
close-nothing = { $name } is not open to the world on an administrator's port.
close-done = { $name }: the administrator's ports that were open to the world now let in { $me } instead. u takes it back.
my-address-title = Your own address
my-address-field = Address
my-address-hint = As others on the internet see it: one IPv4 or IPv6 address.
my-address-why = The service that tells your address did not answer. Type it yourself.
my-address-private = This address is known only inside your own network. AWS sees another one: type the public address.

## Rules
key-edit-rules = rules
key-edit-rule = edit rule
key-delete-rule = delete rule
key-other-direction = in or out
rules-title = Rules of { $name }  { $id }
rules-inbound = inbound { $n }
rules-outbound = outbound { $n }
rules-column-destination = DESTINATION
rules-protocol = protocol { $protocol }
rules-made-here = made from here
rules-of-which = Rules of which group of { $name }?
rule-my-old-ip = my older IP
rule-words = { $kind } { $ports }, { $peer }
rule-words-all = { $kind }, { $peer }
rule-list = list { $name }
rule-title-new-inbound = Add an inbound rule to { $name }
rule-title-new-outbound = Add an outbound rule to { $name }
rule-title-edit = Edit rule { $id } of { $name }
rule-field-type = Type
rule-field-ports = Port or range
rule-field-icmp-type = ICMP type
rule-field-icmp-code = ICMP code
rule-field-protocol = Protocol number
rule-field-source = Source
rule-field-destination = Destination
rule-field-block = Address block
rule-field-group = Security group
rule-field-list = Prefix list
rule-field-description = Description
rule-hint-type = A letter goes to the next type that begins with it.
rule-hint-ports = 8080, or 8000-8100
rule-hint-icmp = Empty is all. Ping is type 8.
rule-hint-protocol = Of IANA's list, 0 to 255. EC2 opens all ports of it.
rule-hint-block = 198.51.100.0/24 or 2001:db8::/64. One address becomes a block of its own.
rule-hint-description = Letters of English, digits, spaces and ._-:/()#,@[]+=&;{"{"}{"}"}!$*
rule-type-named = { $name }  { $ports }
rule-type-tcp = Custom TCP
rule-type-udp = Custom UDP
rule-type-icmp = Custom ICMP
rule-type-icmpv6 = Custom ICMPv6
rule-type-protocol = Custom protocol
rule-type-all = All traffic
rule-type-all-tcp = All TCP
rule-type-all-udp = All UDP
rule-type-all-icmp = All ICMP
rule-type-all-icmpv6 = All ICMPv6
rule-peer-me = My IP
rule-peer-v4 = Anywhere, IPv4
rule-peer-v6 = Anywhere, IPv6
rule-peer-cidr = Address block
rule-peer-group = Security group
rule-peer-list = Prefix list
rule-group-option = { $name }  { $id }
rule-list-option = { $name }  { $id }  counts as { $n } rules
rule-users = { $n ->
    [0] No instance carries this group.
    [one] It takes effect at once on { $n } instance.
   *[other] It takes effect at once on { $n } instances.
}
rule-exists = The group has this rule already.
rule-wrong-my-ip = Your address could not be found out. Choose the address block and type it.
rule-wrong-icmp-type = A number from 0 to 255, or nothing for all.
rule-wrong-icmp-code = A number from 0 to 255, or nothing for all; nothing when the type is empty.
rule-wrong-protocol = A number from 0 to 255.
rule-wrong-group = There is no other group in this VPC.
rule-wrong-list = There is no prefix list, or the lists could not be read.
rule-wrong-type = Choose a type.
task-add-rule = adding a rule
task-edit-rule = changing a rule
task-delete-rule = deleting a rule
add-rule-there = { $group } had this rule already: { $rule }. Nothing was changed.
done-add-rule = Added to { $group }: { $rule }. u takes it back.
done-edit-rule = Changed in { $group }: { $rule }. u takes it back.
done-delete-rule = Deleted from { $group }: { $rule }. u takes it back.
delete-rule-title = Delete this rule?
delete-rule-which = { $rule }  { $id }
delete-rule-group = { $n ->
    [0] Of { $name } ({ $id }), which no instance carries.
    [one] Of { $name } ({ $id }), which { $n } instance carries.
   *[other] Of { $name } ({ $id }), which { $n } instances carry.
}
delete-rule-keeps-me-out = It is the rule that lets you in from where you are now.

## Groups
key-new-group = new group
key-copy-group = copy group
key-delete = delete
group-title-new = New security group
group-title-copy = Copy { $name } with its rules
group-vpc = VPC
group-vpc-named = { $name }  { $id }
group-vpc-default = default  { $id }
group-new-note = It begins without inbound rules: nobody gets in. Everything may go out.
group-copy-note = Copied with it: { $inbound } inbound and { $outbound } outbound rules, descriptions, tags.
group-copy-elsewhere = In another VPC, rules that name security groups may be refused.
group-name-default = Every VPC has its own group of this name; choose another one.
group-is-gone = { $name } is no longer there.
task-new-group = making { $name }
task-delete-group = deleting { $name }
done-new-group = { $name } was made. e adds rules.
done-copy-group = { $name } was made with the rules of { $original }.
copy-group-unfinished = { $name } exists, but without all of its rules.
delete-group-title = Delete { $name } ({ $id })?
delete-group-final = This cannot be undone; its rules go with it.
delete-group-used = EC2 will refuse as long as these use it:
delete-group-refused = EC2 did not delete { $name }, because these still use it:
delete-group-still-used = { $name } is still in use
delete-group-not = { $name } was not deleted.
done-delete-group = { $name } was deleted.
uses-instance-named = instance { $name }  { $id }
uses-instance = instance { $id }
uses-interface = network interface { $id }  { $kind }
uses-interface-described = network interface { $id }  { $words }
uses-rule = a rule of { $name }  { $id }
mark-fine = fine
mark-unused = unused
count-instances-and-others = { $n ->
    [one] { $n } instance
   *[other] { $n } instances
}, { $others } other
count-others = { $n ->
    [one] { $n } interface
   *[other] { $n } interfaces
}
details-used-by-others = And by these network interfaces
details-used-by-rules = In rules of these groups

## Which groups an instance carries
key-attach-group = attach group
key-detach = detach
key-attach-to-instance = attach to instance
key-detach-from-instance = detach from instance
attach-title = Attach which group to { $name }?
attach-none = There is no other security group in its VPC. n in the security groups pane makes one.
attach-note-interface = { $n } rules, on { $interface }
attach-full = it carries { $most } already
attach-to-title = Attach { $name } to which instance?
attach-to-none = Every instance of its VPC carries it already.
attach-question = Attach { $group } to { $name }?
detach-title = Take what off { $name }?
detach-none = Nothing can be taken off.
detach-last = an instance needs at least one
detach-from-title = Take { $name } off which instance?
detach-from-none = No instance carries it.
detach-question = Take { $group } off { $name }?
done-attach = { $name } carries { $group } now. u takes it back.
done-detach = { $name } no longer carries { $group }. u takes it back.
task-groups = changing the groups of { $name }
regroup-changed = This has changed meanwhile. It now means:
regroup-gone = { $name } no longer has this network interface. Nothing was changed.
regroup-cannot = Nothing was changed: { $why }.
attach-there = { $name } carries { $group } already. Nothing was changed.
detach-gone = { $name } does not carry { $group }. Nothing was changed.
effect-gains = + { $rule }
effect-loses = - { $rule }
effect-none = Who can reach it stays as it is.
effect-me-in = You get in by { $kind } from { $me }.
effect-me-out = You no longer get in by { $kind } from { $me }.
instance-note = { $state }  { $id }

## Tags
key-edit-tags = tags
key-add-tag = add tag
key-edit-tag = change tag
key-remove-tag = remove tag
tags-title = Tags of { $id }
tags-none = No tags. n adds one; the tag Name is what lists show.
tag-title-new = Add a tag
tag-title-edit = Change a tag
task-tags = changing tags
done-tag = The tag { $key } is set. u takes it back.
done-remove-tag = The tag { $key } is gone. u takes it back.

## Forms over the dashboard
key-do-it = do it
key-previous-field = previous field
dialog-sent = Sent. Waiting for the answer.
dialog-wait = It is on its way. Esc closes the form; the answer is told all the same.

## Taking back
key-undo = take back
task-undo = taking back
undo-done = Taken back: { $what }.
undo-world-title = Take this back: { $what }? It opens an administrator's port to the world.
undo-elsewhere = That was done in { $region } with the profile { $profile }. Go back there first.
undo-allow = { $me } in { $group }
undo-close = closing { $name }
undo-add-rule = adding the rule
undo-edit-rule = changing the rule
undo-delete-rule = deleting the rule
undo-groups = the groups of { $name }
undo-tag = the tag { $key }

## Why not
why-no-groups = It carries no security group.
why-no-rule-ids = Without the permission ec2:DescribeSecurityGroupRules, rules have no ids and cannot be changed.
why-not-open = It is not open to the world on an administrator's port.
why-not-read-yet = The list is still being read.
why-nothing-to-undo = There is nothing to take back.
why-tag-of-aws = AWS itself keeps this tag.
why-tag-unreadable = Its key holds characters that cannot be shown. Change it in the AWS console or the AWS CLI.
why-task-under-way = Wait until this is done: { $task }.
