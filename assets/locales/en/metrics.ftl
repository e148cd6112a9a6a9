# Graphs from CloudWatch, and CPU use beside the instances.

key-metrics = metrics
key-longer-range = longer
key-shorter-range = shorter
key-range-hour = 1 hour
key-range-six-hours = 6 hours
key-range-day = 1 day
key-range-week = 1 week

column-cpu = CPU 1 H, CLOUDWATCH
cpu-no-data = no data yet
cpu-reading = reading
cpu-refused = refused
sparklines-refused = CloudWatch has refused to tell the CPU use; ! says why.

why-shortest-range = This is the shortest range.
why-longest-range = This is the longest range.
metrics-nothing-newer = CloudWatch has nothing newer yet: it counts every five minutes.
metrics-bound-reached = Enough questions for this minute: it is asked as soon as there is room.

metrics-title = Metrics of { $name }
metrics-reading = Reading from CloudWatch.
metrics-cpu = CPU
metrics-baseline = baseline { $percent }
metrics-no-baseline = baseline of { $type } not known
metrics-balance = CPU credit balance
metrics-credit-use = CPU credits used
metrics-network-in = Network in
metrics-network-out = Network out
metrics-checks = Status checks
metrics-check-system = system
metrics-check-instance = instance
metrics-checks-passed = passed
metrics-checks-failed = failed: system { $system }, instance { $instance } times
metrics-now = now { $value }
metrics-most = most { $value }
metrics-none = no data in this range
metrics-lasts = not used up at the rate of the last { $period }
metrics-empty-in = empty in { $time } at the rate of the last { $period }
metrics-used-up = used up
metrics-surplus = surplus credits charged: { $n }
metrics-no-surplus = no surplus charged
metrics-surplus-never = standard mode: no surplus
metrics-surplus-no-data = surplus: no data
metrics-mode-standard = When the credits are used up it is slowed to its baseline and costs no more (credit mode standard, says EC2).
metrics-mode-unlimited = When the credits are used up it keeps its speed, and surplus credits may be charged (credit mode unlimited, says EC2).
metrics-mode-reading = Reading the credit mode from EC2.
metrics-mode-unknown = EC2 did not tell the credit mode.
metrics-mode-refused = The credit mode is not known: { $why }
metrics-partial = CloudWatch says that this is not all: { $note }
metrics-source = From CloudWatch, asked for { $n } metrics at { $time }; one value stands for { $period }: the average of CPU and balance, the sum of credits used and network. Times are UTC. Baseline and credits per hour: EC2 user guide.
metrics-again = Read again every { $again } while this is open.
metrics-charged = AWS charges for each metric asked for, see its price list; { $total } since ec2deck began.
metrics-no-data = no data yet
metrics-empty-new = CloudWatch has the first values of a new instance after 5 to 10 minutes.
metrics-empty-running = CloudWatch has no values in this range.
metrics-empty-stopped = An instance that does not run has no values; a longer range may show what was before.
metrics-empty-gone = The instance is gone.

help-metrics-title = CloudWatch
help-metrics-graphs = The graphs ask for { $few } metrics, { $many } on types with CPU credits, once per range and then every { $again } while they are open.
help-metrics-rows = The zoomed list asks for one metric of each running row on the screen, all at once, every { $again }.
help-metrics-uses = Looking for leaks asks for one metric of each running instance of the region, two of T types, once an hour at most. { $key } in the list of leaks asks again, after a minute at the earliest.
help-metrics-bound = Together never more than { $calls } questions and { $metrics } metrics a minute. AWS charges for these questions; see its price list.

problem-what-metrics = CloudWatch's metrics could not be read.
problem-what-credit-modes = The credit modes could not be read.
