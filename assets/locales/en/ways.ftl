# Ways in besides plain ssh.

way-instance-connect = EC2 Instance Connect
way-session = Session Manager
way-session-windows = Session Manager (PowerShell)
way-session-ssh = ssh over Session Manager
way-agent-there = ssh with a key for one minute; the image takes it
way-agent-mostly = ssh with a key for one minute; Ubuntu mostly takes it
way-agent-may-lack = ssh with a key for one minute; may lack the agent
way-agent-never = Windows has no agent for EC2 Instance Connect.
way-profile = by the instance profile { $profile }, if it allows it
way-no-profile = no instance profile: needs default host management
why-looking-for-tools = Looking for the AWS CLI.
why-no-aws-cli = Needs the AWS CLI: https://aws.amazon.com/cli
why-no-session-plugin = Needs session-manager-plugin: brew install --cask session-manager-plugin, or the .deb, .rpm or .exe of AWS

connect-failed-once = ssh did not get in to { $name }: the image may lack the agent, or { $user } is not its user. D says more.
connect-failed-session = ssh did not get in to { $name } over Session Manager. Plain Session Manager in W says whether that works.
session-says = { $name }: { $id } over Session Manager. exit ends the session.
session-ended = The session with { $name } has ended.
session-failed = The AWS CLI ended with status { $status }: mostly { $name } is not registered with Systems Manager, or ssm:StartSession is missing.

problem-what-send-key = EC2 Instance Connect did not take the key.
problem-what-make-one-time-key = The key for this connection was not made.
problem-what-remove-one-time-key = The key for this connection was not removed. Nobody gets in with it any more.
code-connect-unavailable = The instance does not answer EC2 Instance Connect now.
code-connect-unavailable-next = Wait a few minutes, then try again.
code-connect-auth = EC2 Instance Connect refuses: the credentials are not accepted, or this instance is not theirs.
code-connect-auth-next = Check the account in the header and the permission ec2-instance-connect:SendSSHPublicKey.
