# What things cost: prices of AWS's Price List and the spot market, and what they come to.

price-unknown = unknown
price-at-least = at least { $amount }
price-unknown-because = Unknown: { $why }
price-why-reading = the Price List is being read.
price-why-not-read = the Price List has not been read yet.
price-why-not-listed = the Price List names no clear price for it.
price-why-spot = a Spot Instance pays the spot price, which changes.
price-why-dedicated = dedicated hardware has prices of its own.
price-why-no-operation = AWS does not say which system is billed.
price-why-volume = the volume, its type or its IOPS are not known.
price-why-currency = the prices of this region are not in US dollars.
price-source-aws = Price List read { $date }
price-source-cache = from the cache of { $date }
price-list-note = List price, on demand; before tax, credits, free tier and savings; no traffic.
price-not-newer = The Price List could not be read now: { $why }
price-spot = spot now from { $price } an hour ({ $zone }, read { $time } UTC)
price-spot-reading = spot price is being read
price-spot-none = no spot price: AWS names none here
price-spot-refused = spot price unknown: { $why }
price-month = about { $amount } a month
price-month-at-least = at least { $amount } a month ({ $missing } of { $all } prices unknown)
price-month-unknown = monthly cost unknown
price-hour-and-month = { $hour } an hour, about { $month } a month

launch-type-column-price = PRICE/H
launch-type-sort-price = cheapest first
review-cost = Cost
review-cost-parts = { $count ->
    [one] machine, volumes and address while it runs
   *[other] all { $count }: machines, volumes and addresses while they run
}
review-cost-parts-no-address = { $count ->
    [one] machine and volumes while it runs
   *[other] all { $count }: machines and volumes while they run
}

cost-heading = Cost
cost-hour = an hour
cost-month = a month
cost-since-start = since start
cost-since-stop = since stop
cost-machine = Machine
cost-storage = Storage
cost-addresses = Public IPv4
cost-total = Together
cost-estimate-start = Estimates. Since its last start, { $time }, with the volumes and addresses of now.
cost-estimate-stop = Estimates. Since it was stopped, { $time }, with the volumes and addresses of now.

problem-what-prices = The prices were not read.
problem-what-spot-prices = The spot prices were not read.
problem-what-write-prices = The prices were not kept on disk.
