# Leaks: what costs money and does nothing for it, and what ends each.

key-end-leak = end it

leaks-title = Leaks
leaks-sum = about { $sum } a month
leaks-sum-at-most = up to about { $sum } a month
leaks-and-unknown = { $sum }, and { $n ->
    [one] one of unknown cost
   *[other] { $n } of unknown cost
}
leaks-all-unknown = { $n ->
    [one] one leak of unknown cost
   *[other] { $n } leaks of unknown cost
}
leaks-none = Nothing was found that costs money and does nothing for it.
leaks-none-so-far = Nothing was found so far.
leaks-source = Prices: AWS Price List, on demand, read { $when }; a month is 730 hours. Before tax, credits and savings plans.
leaks-source-cache = Prices: AWS Price List, on demand, from this machine's cache of { $when }; a month is 730 hours. Before tax, credits and savings plans.
leaks-source-none = No prices: costs are not known.

leak-idle-address = Elastic IP on nothing
leak-address-on-stopped = Elastic IP on { $name }, which is stopped
leak-address-on-loose-interface = Elastic IP on { $interface }, an interface that is attached to nothing
leak-loose-volume = volume attached to nothing, { $size } GiB
leak-orphan-snapshot = snapshot of { $image }, an AMI that is gone
leak-stopped-volumes = { $n ->
    [one] stopped, its volume goes on costing
   *[other] stopped, its { $n } volumes go on costing
}
leak-stopped-days = { $days ->
    [one] stopped for { $days } day, its volumes go on costing
   *[other] stopped for { $days } days, its volumes go on costing
}
leak-stopped-long = stopped for long: { $days } days, its volumes go on costing
leak-idle-instance = runs idle: { $percent } % CPU in the busiest hour of 7 days (CloudWatch)
leak-old-type = { $old } is of a previous generation; { $new } costs less
leak-surplus = { $days ->
    [one] { $credits } surplus CPU credits charged in { $days } day (CloudWatch)
   *[other] { $credits } surplus CPU credits charged in { $days } days (CloudWatch)
}

leak-month = { $amount }
leak-at-most = at most { $amount }
leak-estimate = about { $amount }
leak-unknown = unknown
leak-why-loading = prices are on their way
leak-why-no-prices = the prices could not be read
leak-why-not-listed = not in AWS's price list
leak-why-size = its size or IOPS were not read
leak-why-spot = spot: not the list's price
leak-why-dedicated = own hardware: not the list's price
leak-why-own-pool = own address pool: not the list's price
leak-why-archived = archived: not the list's price
leak-why-no-operation = AWS does not say which system is billed
leak-why-currency = prices here are not in US dollars

leak-basis-list = List price for a whole month.
leak-basis-at-most = At most: a snapshot stores only what older ones do not, and AWS does not say how much that is.
leak-basis-estimate = { $days ->
    [one] An estimate: what the last day cost, carried on for a month.
   *[other] An estimate: what the last { $days } days cost, carried on for a month.
}
leak-basis-saving = What { $new } would save in a month by the list.

leak-end-release = x releases it
leak-end-delete = x deletes it
leak-end-terminate = x terminates the instance
leak-end-stop = x stops it
leak-end-change = x changes the type
leak-end-standard = x ends it: standard credits

leak-blind-because = Could not look for { $what }, because { $why }
leak-blind-loading = Still looking for { $what }
leak-blind-instances = instances
leak-blind-addresses = Elastic IPs
leak-blind-interfaces = Elastic IPs on interfaces that are attached to nothing
leak-blind-volumes = volumes
leak-blind-snapshots = snapshots
leak-blind-images = AMIs, so no snapshot is called left over
leak-blind-types = previous-generation types
leak-blind-prices = prices
leak-blind-uses = idle instances and surplus credits
leak-blind-modes = unlimited mode, so no surplus credits

leak-volume-goes = Deleted with it: { $id }, { $size } GiB, { $device }
leak-volume-stays = Stays and goes on costing: { $id }, { $size } GiB, { $device }

why-no-leak = There is no leak to end.
why-type-changes = Its type is being changed.

delete-volume-title = Delete the volume { $id }?
delete-volume-is = { $size } GiB in { $zone }, attached to nothing.
delete-volume-final = This cannot be undone: all that is on it is gone.
delete-volume-created = Made on { $day }.
delete-volume-from = It was made of the snapshot { $snapshot }: what was written since is only here.
delete-volume-from-nothing = It was made empty: what is on it is only here.
delete-volume-keep-first = To keep a copy first: { $command }
task-delete-volume = deleting { $id }
done-delete-volume = { $id } was deleted.
delete-unclear = Whether { $id } was deleted is not known yet.

delete-snapshot-title = Delete the snapshot { $id }?
delete-snapshot-is = Of a volume of { $size } GiB.
delete-snapshot-image = It was made for { $image }, which is gone; no AMI of this account uses it.
delete-snapshot-final = This cannot be undone. Volumes that were made of it stay as they are.
task-delete-snapshot = deleting { $id }
done-delete-snapshot = { $id } was deleted.

change-type-title = Make { $name } a { $new }?
change-type-from-to = { $old } becomes { $new }.
change-type-stops = It is stopped for it and started again: whoever uses it is cut off for some minutes.
change-type-boot = An old system may not start on a newer type: it needs drivers for ENA and NVMe. If it does not, the old type can be set again.
change-type-standard = Its CPU credits stay in standard mode: it is slowed, not billed, when they are used up.
change-type-unlimited = Its CPU credits stay in unlimited mode: when they are used up, it may be billed for more.
change-type-not-in-this-state = { $name } is on its way to another state. Nothing was changed.
change-type-so-far = { $name } is a { $kind } now.
change-type-is-old-again = { $name } is a { $kind } again.
change-type-offer-old = It does not run. Yes sets the old type and starts it.
change-type-old-title = Set { $name } back to { $kind }?
change-type-start-title = Start { $name } as { $kind }?
change-type-mode-not-set = Its credit mode was not set: it may be unlimited, and then billed when the credits are used up.
change-type-unfinished = { $name } is stopped or stopping, and its type is being changed.
task-change-type = making { $name } a { $kind }
done-change-type = { $name } runs as { $kind }.
done-change-type-at = { $name } runs as { $kind } at { $address }.
done-change-type-stopped = { $name } is a { $kind } now, and stopped.
done-change-type-no-mode = { $name } is a { $kind } now, and stopped. Its credit mode was not set: it may be unlimited, and then billed when the credits are used up. { $why }
done-change-type-mode-unclear = { $name } is a { $kind } now, and stopped. Whether its credit mode was set is not known: it may be unlimited, and then billed when the credits are used up.

credits-standard-title = Set the CPU credits of { $name } to standard?
credits-standard-slows = When its credits are used up, it is slowed to its baseline instead of being billed for more.
credits-standard-charged = Surplus credits that are not paid back yet are charged at once.
task-credits-standard = setting { $name } to standard credits
done-credits-standard = { $name } has standard credits now: it is never billed for more.

problem-what-snapshots = The snapshots could not be read.
problem-what-delete-volume = The volume was not deleted.
problem-what-delete-snapshot = The snapshot was not deleted.
problem-what-change-type = The instance type was not changed.
problem-what-credit-mode = The credit mode was not changed.
code-volume-not-found = The volume is not there.
code-volume-in-use = The volume is attached to an instance by now.
code-volume-in-use-next = Refresh with r. To delete it, detach it first.
code-snapshot-in-use = An AMI needs this snapshot.
code-snapshot-in-use-next = Deregister the AMI first, or keep both.
key-leaks = money leaks
leaks-column-name = NAME
leaks-column-what = WHAT
leaks-column-month = A MONTH
