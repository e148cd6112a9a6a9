# The launch flow: frame, summary, and steps 1 to 5.
launch-title = Launch an instance
launch-leave = leave
launch-leave-title = Leave the launch?
launch-leave-why = Your answers are lost. Nothing has been created.
launch-step-of = step { $number } of { $all } · { $title }
launch-step-image = Image
launch-step-type = Instance type
launch-step-details = Details
launch-step-storage = Storage
launch-step-tags = Tags
launch-step-group = Security group
launch-step-review = Review
launch-enter-asks-again = Press Enter to ask again.
form-yes = yes
form-no = no

# Summary
launch-summary-title = What will be made
launch-summary-no-name = no name yet
launch-summary-count = { $name }  { $count } instances
launch-summary-no-image = no image yet
launch-summary-login = log in as { $user }
launch-summary-volumes = { $count ->
    [one] { $root } and one more, { $size } GiB
   *[other] { $root } and { $count } more, { $size } GiB
}
launch-summary-allowance = { $after } of { $allowance } GiB allowance
launch-summary-default-vpc = default VPC, any zone
launch-summary-default-vpc-zone = default VPC, { $zone }
launch-summary-public-yes = public address
launch-summary-public-no = no public address
launch-summary-iam-profile = IAM profile { $name }
launch-summary-user-data = user data { $path }
launch-summary-new-group = { $count ->
    [0] 1 new security group, no rules
    [one] 1 new security group, 1 rule
   *[other] 1 new security group, { $count } rules
}
launch-summary-groups = { $count ->
    [one] 1 security group
   *[other] { $count } security groups
}
launch-summary-group-later = security group: step 6
launch-summary-new-key = new key pair { $name }
launch-summary-key = key pair { $name }
launch-summary-no-key = no key pair
launch-summary-key-later = key pair: step 7
launch-warning-deprecated = The image is deprecated and gets no more updates.
launch-warning-owner = The image belongs to account { $owner }. Launch it only if you trust them.
launch-warning-not-eligible = The type is not free-tier eligible.
launch-warning-unlimited = CPU credits are unlimited: long full load may be billed.
launch-warning-monitoring = Detailed monitoring costs money.
launch-warning-imdsv1 = IMDSv1 is allowed: a flaw in a web application can then leak the instance's permissions.
launch-warning-shutdown = A shutdown from inside terminates the instance.
launch-warning-allowance = More storage than the allowance covers.

# 1 Image
launch-image-quick-start = Quick start
launch-image-mine = My images
launch-image-search = Search
launch-image-architecture = architecture
launch-image-search-label = AMI id or name
launch-image-column-name = IMAGE
launch-image-column-date = MADE
launch-image-column-note = NOTE
launch-image-column-size = SIZE
launch-image-column-user = LOGIN
launch-image-column-architecture = ARCH
launch-image-column-root = ROOT
launch-image-column-id = AMI
launch-image-unknown = not known
launch-image-not-in-region = not in this region
launch-image-not-for-architecture = not for arm64
launch-image-deprecated = deprecated
launch-image-loading = Reading the images.
launch-image-no-quick-start = This region has none of the quick-start images. Search for one by id or name with /.
launch-image-no-mine = This account has no images of its own in this region.
launch-image-nothing-found = No image found for { $words }.
launch-image-search-hint = Press / and type an id such as ami-0123456789abcdef0, or a name. A * stands for any text: *nginx*
launch-image-made = made
launch-image-root = root device
launch-image-least = at least
launch-image-login = login user
launch-image-deprecated-since = Deprecated since { $date }: it still starts, but gets no more updates.
launch-image-eligible = AWS marks it as free-tier eligible for this account.
launch-image-owner = It belongs to account { $owner }. Anybody can publish an image under any name: launch it only if you trust them.
launch-image-why = A good start: made by AWS for EC2, with its tools installed.
launch-image-other-architecture = This image is for 32-bit or Apple processors, which ec2deck does not launch.
launch-image-wait = The images are still being read. Try again in a moment.
launch-image-none-chosen = Choose an image first.
launch-image-architecture-fixed = Each of these images has its own architecture. The switch works in Quick start.

# 2 Instance type
launch-type-sort-size = smallest first, eligible on top
launch-type-sort-name = by name
launch-type-sort-vcpus = by vCPU
launch-type-sort-memory = most memory first
launch-type-count = { $count ->
    [one] 1 type for { $architecture }, { $sort }
   *[other] { $count } types for { $architecture }, { $sort }
}
launch-type-filtered = { $shown } of { $all }
launch-type-loading = still reading
launch-type-reading = Reading the instance types of this region.
launch-type-eligible = free-tier eligible
launch-type-column-name = TYPE
launch-type-column-vcpus = vCPU
launch-type-column-memory = MEMORY
launch-type-column-network = NETWORK
launch-type-column-eligible = FREE TIER
launch-type-column-architecture = ARCH
launch-type-column-mark = eligible
launch-type-eligible-note = Free-tier eligible: AWS marks it so for this account. The mark says nothing about credit that is left.
launch-type-not-eligible-note = Not free-tier eligible: AWS refuses it on the Free Plan and bills it on other plans.
launch-type-none-eligible = AWS marks no type as free-tier eligible here for this account. Choose one yourself.
launch-type-little-for-windows = Windows Server is very slow with { $memory } GiB. Take 2 GiB or more.
launch-type-bare-metal = Bare metal: dear, and slow to start.
launch-type-wait = The types are still being read. Try again in a moment.
launch-type-nothing-fits = No type fits. Clear the filter with Esc, or choose another image.
launch-type-choose = Choose a type first.
launch-type-no-credits = This type has no CPU credits: always full speed.
launch-credits-mode = CPU credits
launch-credits-default = EC2's default ({ $family }: { $mode })
launch-credits-standard = standard
launch-credits-unlimited = unlimited
launch-credits-rate = Earns { $earned } credits an hour, keeps { $most } at most. One credit is one vCPU at full speed for a minute. Baseline: { $baseline } % of each vCPU.
launch-credits-standard-note = Standard: when the credits are used up, it slows down to the baseline. Never costs more: the safer choice for money.
launch-credits-unlimited-note = Unlimited: when the credits are used up, it keeps full speed, which may be billed. Standard is safer for money.

# 3 Details
launch-details-count = Instances
launch-details-count-hint = 1 to { $most } of the same kind
launch-details-count-wrong = Enter a number from 1 to { $most }.
launch-details-vpc = VPC
launch-details-default-vpc = default VPC
launch-details-default-vpc-named = default  { $vpc }
launch-details-choose-vpc = choose a VPC
launch-details-no-default-vpc = This region has no default VPC: choose a VPC and a subnet.
launch-details-vpc-needed = Choose a VPC: this region has no default one.
launch-details-networks-wait = Reading the networks. The default VPC is used unless you choose.
launch-details-networks-failed = The networks could not be read ({ $why }). You can go on: EC2 then uses the default VPC.
launch-details-subnet = Subnet
launch-details-subnet-hint = The subnet decides the Availability Zone.
launch-details-any-subnet = no preference, any zone
launch-details-choose-subnet = choose a subnet
launch-details-no-subnet = This VPC has no subnet: choose another VPC.
launch-details-subnet-needed = Choose a subnet: only the default VPC can do without.
launch-details-subnet-named = { $zone }  { $subnet }  { $free } free
launch-details-subnet-full = { $count ->
    [0] This subnet has no free address.
    [one] This subnet has only 1 free address.
   *[other] This subnet has only { $count } free addresses.
}
launch-details-public-ip = Public IPv4 address
launch-details-public-ip-as-subnet = as the subnet says
launch-details-public-ip-as-subnet-yes = as the subnet says: yes
launch-details-public-ip-as-subnet-no = as the subnet says: no
launch-details-public-ip-hint = Without one the instance cannot be reached from the internet. A public IPv4 address costs money while it is there.
launch-details-none = none
launch-details-yes = yes
launch-details-no = no
launch-details-iam-profile = IAM instance profile
launch-details-iam-profile-hint = Name or ARN, if programs on the instance call AWS. Usually empty.
launch-details-iam-profile-arn = This is not the ARN of an instance profile: those contain :instance-profile/.
launch-details-iam-profile-wrong = A profile name has at most 128 letters, digits and + = , . @ _ -
launch-details-shutdown = Shutdown behaviour
launch-details-shutdown-stop = stop
launch-details-shutdown-terminate = terminate
launch-details-shutdown-hint = What a shutdown from inside does. Termination protection does not prevent it.
launch-details-protection = Termination protection
launch-details-protection-hint = It cannot be terminated until this is switched off.
launch-details-monitoring = Detailed monitoring
launch-details-monitoring-hint = Every minute instead of every five. Costs money.
launch-details-imdsv2 = IMDSv2 required
launch-details-imdsv2-hint = Keeps a flaw in a web application from leaking the instance's permissions. Very old software needs it off.
launch-details-user-data = User data file
launch-details-user-data-hint = A script for the first start, 16 KiB at most. Not for secrets: everyone on the instance can read it.
launch-details-user-data-reading = Reading the file.
launch-details-user-data-read = { $count ->
    [one] Read: 1 byte.
   *[other] Read: { $count } bytes.
}
launch-details-user-data-large = The file is larger than 16 KiB, which is the most that EC2 takes.
launch-details-user-data-failed = The file cannot be read: { $why }

# 4 Storage
launch-storage-root-heading = Root volume { $device }
launch-storage-extra-heading = Volume { $device }
launch-storage-size = Size in GiB
launch-storage-root-size-hint = { $least } (the image's size) to { $most }
launch-storage-size-hint = { $least } to { $most }
launch-storage-size-missing = Enter a size in GiB.
launch-storage-below-image = The image needs at least { $least } GiB.
launch-storage-size-wrong = { $kind } takes { $least } to { $most } GiB.
launch-storage-kind = Volume type
launch-storage-gp3 = gp3, general purpose SSD
launch-storage-gp2 = gp2, older general purpose SSD
launch-storage-io2 = io2, provisioned IOPS SSD
launch-storage-io1 = io1, older provisioned IOPS SSD
launch-storage-st1 = st1, throughput-optimised disk
launch-storage-sc1 = sc1, cold disk
launch-storage-standard = standard, magnetic, previous generation
launch-storage-iops = IOPS
launch-storage-needed = needed
launch-storage-iops-default = 3,000, included
launch-storage-iops-hint = Empty: 3,000, which is included. More costs money.
launch-storage-iops-needed-hint = { $kind } has no default: you pay for what you enter.
launch-storage-iops-missing = { $kind } needs a number of IOPS.
launch-storage-iops-wrong = With { $size } GiB: { $least } to { $most } IOPS.
launch-storage-throughput = Throughput in MiB/s
launch-storage-throughput-default = 125, included
launch-storage-throughput-hint = Empty: 125, which is included. More costs money.
launch-storage-throughput-wrong = With { $iops } IOPS: { $least } to { $most } MiB/s.
launch-storage-encrypted = Encrypted
launch-storage-encrypted-hint = With the account's default key. Off: as image and account settings say.
launch-storage-encrypted-by-image = The image is encrypted, so the volume is, too.
launch-storage-delete = Delete on termination
launch-storage-delete-hint = Off: the volume stays when the instance is terminated, and keeps costing money.
launch-storage-no-image = Choose an image first: it decides the root volume.
launch-storage-brought = The image also brings { $device }, { $size } GiB { $kind }.
launch-storage-allowance = Free-tier storage allowance
launch-storage-meter = { $used } of { $allowance } GiB used in this region now, { $after } after this launch
launch-storage-allowance-note = Only accounts opened before 15 July 2025 have this allowance, for 12 months and over all regions. Newer accounts pay for storage from their credits.
launch-storage-used-unknown = The volumes of this region have not been read: what is used is not known.
launch-storage-not-counted = The allowance does not count { $kind } volumes.
launch-storage-nothing-left = Less of the allowance is left than the image needs: the size is the image's { $least } GiB.
launch-storage-no-device = No device name is free for another volume.
launch-storage-root-stays = There is only the root volume, which stays.
launch-storage-remove-which = The root volume stays. Go to the volume to remove.

# 5 Tags
launch-tags-name = Name
launch-tags-name-hint = How you recognise the server, for example web-1.
launch-tags-key = Key
launch-tags-value = Value
launch-tags-column-key = KEY
launch-tags-column-value = VALUE
launch-tags-note = The tags are put on the instance, its volumes and its network interfaces. Any characters will do, Korean too.
launch-tags-empty-key = Enter a key.
launch-tags-key-long = A key has at most 128 characters.
launch-tags-value-long = A value has at most 256 characters.
launch-tags-reserved = A key cannot begin with aws: because AWS keeps that for itself.
launch-tags-duplicate = This key is there already.
launch-tags-too-many = At most { $most } tags: EC2 takes 50, and one is ec2deck's own.
launch-tags-control = This has a character that cannot be shown.
