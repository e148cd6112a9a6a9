# What it costs: the view, the free tier, and one word in the header.

key-costs = costs
key-account-kind = kind of account
costs-title = What it costs
costs-not-asked = { $operation }: { $why }
header-credits = credits { $amount }
header-free-tier = free tier { $percent } %
header-free-tier-unknown = free tier ?

## Free tier
free-tier-heading = Free tier
free-tier-asking = asking AWS
free-tier-billed-told = The account is on the Paid Plan, has no credits, and AWS reports no use of an allowance: everything is billed, as far as AWS tells.
free-tier-billed-said = You have said that everything is billed on this account.
free-tier-said = You have said: { $kind }. AWS has not told.
free-tier-none-told = AWS tells neither a plan nor a use of allowances for this account. That proves nothing: allowances show once something of them was used.
free-tier-unknown = What is left of the free tier is not known.
free-tier-say-it = If you know what kind of account it is, press K: then the times of launch give an estimate.
free-tier-nothing-used = AWS reports no use of an allowance in this month. That proves nothing: they show once something was used.
free-tier-counted-note = Used: AWS's count over all regions, some hours old. The forecast adds what runs now in this region. Days are those of UTC.
free-tier-is-estimate = An estimate from the last start of what runs in this region now: what was stopped or deleted before is not in it. Days are those of UTC.
source-free-tier = AWS Free Tier API, asked { $time } UTC

plan-label = Plan
plan-free = Free Plan
plan-paid = Paid Plan
plan-other = a plan that is new to this program
plan-not-started = not begun yet
plan-active = in force
plan-expired = expired
plan-status-other = in a state that is new to this program
plan-ends = ends { $day }, in { $in ->
    [one] 1 day
   *[other] { $in } days
}
plan-free-note = On the Free Plan an eligible type is one that may be launched. It draws on the credits all the same.
credits-label = Credits
credits-left = { $amount } left
credits-unknown = what is left is not known
burn-label = What runs now
burn-unknown = not known: no prices (see below)
burn-per-day = { $amount } a day at list prices
burn-at-least = at least { $rate }; { $n ->
    [one] 1 thing has
   *[other] { $n } things have
} no known price
credits-last-label = Credits last
credits-outlast-plan = beyond the plan's end, { $day }
credits-gone = until { $day }, in { $in ->
    [one] 1 day
   *[other] { $in } days
}
credits-never = as long as nothing that costs is running

meter-linux-hours = Linux hours
meter-windows-hours = Windows hours
meter-address-hours = Public IPv4 hours
meter-storage = EBS storage
meter-of-hours = { $used } of { $limit } h
meter-of-gib = { $used } of { $limit } GiB-months
meter-at-month-end = { $sum } by the end of the month
meter-runs-out = runs out { $day }
meter-used-up = used up

account-kind-title = What kind of account is this?
account-kind-allowances = monthly allowances (opened before 15 July 2025, first twelve months)
account-kind-credits = credits (opened since 15 July 2025)
account-kind-billed = everything is billed
account-kind-unknown = I do not know

## One more
confirm-start = { $n ->
    [one] Start this instance?
   *[other] Start these { $n } instances?
}
free-tier-more-over = { $meter }: with it { $sum } of { $limit } by the end of the month; used up on { $day }.
free-tier-more-fits = { $meter }: with it { $sum } of { $limit } by the end of the month.
free-tier-more-credits = With it { $rate } a day at list prices: the credits last until { $day } instead of { $was }.
free-tier-more-credits-first = With it { $rate } a day at list prices: the credits last until { $day }.
free-tier-more-burn = With it { $rate } a day at list prices.
free-tier-more-unpriced = It draws on the credits; how fast is not known without prices.
free-tier-more-unknown = { $n ->
    [one] 1 thing has
   *[other] { $n } things have
} no known price and would come on top.
free-tier-more-address = This counts a public IPv4 address of its own, which AWS gives it at the start if it was launched to have one.
setting-account-kind = It must be "credits", "allowances" or "billed".

## The region
costs-region = What runs and lies in { $region }
costs-region-empty = Nothing that costs anything.
costs-per-hour = an hour
costs-per-month = a month (730 h)
costs-machines = Machines
costs-volumes = Volumes
costs-addresses = Public IPv4
costs-total = Together
costs-see-leaks = M lists them, worst first, each with the key that ends it.

stop-erases-instance-store = Disks of the machine itself (instance store) are erased when it stops. EBS volumes stay.
free-tier-region-only = What runs in other regions draws on the same credits and is not in this.
free-tier-burn-estimate = An estimate from list prices and what runs now. Days are those of UTC.
why-no-allowance = This account has no monthly storage allowance.
credits-gone-latest = until { $day } at the latest, in { $in ->
    [one] 1 day
   *[other] { $in } days
}
meter-aws-expects = AWS expects { $sum }
meter-estimate = estimate
free-tier-if = If it has monthly allowances (accounts from before 15 July 2025, in their first twelve months):
free-tier-gap-instances = The instances were not read: what runs is not in this.
free-tier-gap-volumes = The volumes were not read: storage is not in this.
free-tier-gap-types = { $n ->
    [one] 1 running instance is of a type that was not read, and is not in this.
   *[other] { $n } running instances are of types that were not read, and are not in this.
}
free-tier-more-asking = What is left of the free tier is still being asked.
free-tier-more-if = What is free is not known ($ says more). If it has monthly allowances, by the times of launch: { $line }
free-tier-more-outlast = With it { $rate } a day at list prices: the credits last beyond the plan's end, { $day }.
costs-not-in-it = Not in it: snapshots, surplus CPU credits, detailed monitoring, load balancers, NAT gateways, and what other services cost.
