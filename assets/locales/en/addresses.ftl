# Elastic IPs: allocated, put on instances, taken off, released.

## Keys
key-allocate = allocate
key-associate = associate
key-disassociate = disassociate
key-release = release
key-fixed-address = fixed address
key-toggle-option = also release

column-interface = INTERFACE
details-costs-for-nothing = costs money although it does not run

## Allocating
allocate-title = Allocate an Elastic IP?
allocate-title-for = Allocate an Elastic IP for { $name }?
allocate-costs = Every public IPv4 address is billed by the hour, in use or idle, until it is released.
allocate-one-is-idle = { $address } is idle already: a puts it on an instance.
allocate-several-are-idle = { $n } addresses are idle already: a puts one on an instance.
allocate-then-choose = Next you choose the instance that it goes to.
allocate-goes-to = It goes to { $name }, which keeps it when it stops and starts.
allocate-left-idle = { $address } is idle and costs money. a puts it on an instance, d releases it.
allocate-no-instance = { $address } is yours and idle: there is no instance to put it on. It goes on costing money.
allocate-unfinished = An Elastic IP is being allocated. It exists from then on, and costs money.
allocate-not = No address was allocated.
done-allocate = { $address } is yours. It costs money from now on, used or idle.
task-allocate = allocating an address
limit-title = No more Elastic IPs here
limit-idle = { $address }  idle
limit-idle-named = { $address }  idle  { $name }
limit-on-stopped = { $address }  on { $name }, which does not run
limit-on-loose-interface = { $address }  on { $interface }, which is attached to nothing
limit-none-idle = None of them is idle. Release one that you no longer need, or ask for more under Service Quotas.
limit-use-idle = Use one of these (a in the Elastic IPs pane), release one (d), or ask for more under Service Quotas.

## Associating
associate-title = Put { $address } on which instance?
associate-behind-title = Behind which private address of { $name }?
associate-no-instance = There is no instance in this region.
associate-note-has = { $state }  has { $address }
associate-note-behind-has = { $interface }  has { $address }
associate-move-title = Put { $address } on { $name }?
associate-from-to = It is in use: it moves from { $from } to { $to }.
associate-displaces = { $address } is taken off { $name }. It becomes idle and goes on costing money.
associate-in-use-somewhere = EC2 says that the address, or the place where it goes, is in use. The list does not show by what.
associate-there = { $address } is on { $name } already.
address-loses = { $name } loses this address. Whether it gets another public one depends on its subnet.
address-private-stays = It keeps its private address { $address }.
address-is-gone = { $address } no longer belongs to the account in this region.
associate-not-visible = EC2 does not show { $address } yet. It is yours, idle, and costs money; a puts it on an instance.
done-associate = { $address } is on { $name } now. u takes it back.
done-associate-instead = { $address } is on { $name } in place of { $before }. u takes it back.
task-associate = putting { $address } on { $name }
undo-associate = { $address } on { $name }

## Disassociating
disassociate-title = Take { $address } off { $name }?
disassociate-costs = The Elastic IP stays yours. It is idle then and goes on costing money.
done-disassociate = { $address } is off { $name }, idle, and goes on costing money. u puts it back.
task-disassociate = taking { $address } off { $name }
undo-disassociate = { $address } is on { $name } again
detach-address-note = Elastic IP  private { $address }

## Releasing
release-title = Release { $address }?
release-is-final = This cannot be undone: others may get this address, and you will hardly get it back.
release-takes-off = It is on { $name } and is taken off first.
release-left-idle = { $address } was not released: it still belongs to the account and costs money.
release-not = { $address } was not released and costs money.
release-unclear = Whether { $address } was released is not known.
release-not-terminated = { $address } was not released, because { $name } was not terminated.
release-not-terminated-unclear = { $address } was not released: whether { $name } is being terminated is not known.
release-changed = Nothing was changed: what { $address } is on has changed since the question.
release-moved = { $address } was not released: it is on { $name } by now. It costs money.
release-unfinished = { $address } is not released yet. It costs money until it is.
done-release = { $address } was released.
done-terminate-release = { $name } is being terminated, and { $address } was released.
task-release = releasing { $address }
terminate-also-release = also release { $address }; you will hardly get it back
terminate-also-release-several = also release these { $n } Elastic IPs; you will hardly get them back

## A fixed address for an instance
done-fixed-idle = { $name } keeps { $address } from now on. It was idle. u takes it off.
done-fixed-new = { $name } keeps { $address } from now on. It is new. u takes it off.
fixed-failed = { $name } did not get a fixed address.
fixed-not-ready = { $name } was not ready for an address within five minutes.
fixed-instance-gone = { $name } is gone or going, so it gets no address.
fixed-released-again = { $address }, which was allocated for it, is released again.
fixed-left-behind = { $address } ({ $id }) was allocated for it and could not be released: it exists and costs money. d in the Elastic IPs pane releases it.
fixed-release-unclear = { $address } ({ $id }) was allocated for it. Whether it was released again is not known: look in the Elastic IPs pane. While it is there, it costs money, and d releases it.
fixed-in-doubt = { $address } ({ $id }) was allocated for { $name }. Whether it is on it now is not known, so it was not released: it costs money. Look in the Elastic IPs pane.
fixed-in-doubt-short = Whether { $address } is on { $name } is not known. It costs money.
fixed-unfinished = { $address } exists and costs money, but is not on its instance yet.
task-fixed = giving { $name } a fixed address
task-fixed-waits = waiting until { $name } can take an address
undo-fixed-new = { $address } on { $name }; it stays yours and costs money until you release it

## Why not
why-address-is-idle = It is on nothing.
why-address-is-there = it is there already
why-has-fixed-address = It has the Elastic IP { $address } already.
why-gets-fixed-address = It is being given a fixed address.
