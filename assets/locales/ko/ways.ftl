# ssh 외의 접속 방법.

way-instance-connect = EC2 Instance Connect
way-session = Session Manager
way-session-windows = Session Manager(PowerShell)
way-session-ssh = Session Manager를 통한 ssh
way-agent-there = 1분 동안만 쓰는 키로 ssh, 이 이미지에서 됩니다
way-agent-mostly = 1분 동안만 쓰는 키로 ssh, Ubuntu에서는 대부분 됩니다
way-agent-may-lack = 1분 동안만 쓰는 키로 ssh, 에이전트가 없을 수 있습니다
way-agent-never = Windows에는 EC2 Instance Connect 에이전트가 없습니다.
way-profile = 인스턴스 프로파일 { $profile }이(가) 허용해야 합니다
way-no-profile = 인스턴스 프로파일 없음: 기본 호스트 관리가 필요합니다
why-looking-for-tools = AWS CLI를 찾는 중입니다.
why-no-aws-cli = AWS CLI가 필요합니다: https://aws.amazon.com/cli
why-no-session-plugin = session-manager-plugin이 필요합니다: brew install --cask session-manager-plugin 또는 AWS의 .deb, .rpm, .exe

connect-failed-once = ssh로 { $name }에 접속하지 못했습니다. 이미지에 에이전트가 없거나 사용자가 { $user }이(가) 아닐 수 있습니다. D 키로 확인하십시오.
connect-failed-session = Session Manager를 통한 ssh로 { $name }에 접속하지 못했습니다. W의 Session Manager가 되는지 먼저 확인하십시오.
session-says = { $name }: Session Manager로 { $id }에 접속합니다. exit를 입력하면 끝납니다.
session-ended = { $name } 세션이 끝났습니다.
session-failed = AWS CLI가 상태 { $status }(으)로 끝났습니다. 대개 { $name }이(가) Systems Manager에 등록되지 않았거나 ssm:StartSession 권한이 없습니다.

problem-what-send-key = EC2 Instance Connect가 키를 받지 않았습니다.
problem-what-make-one-time-key = 이번 접속에 쓸 키를 만들지 못했습니다.
problem-what-remove-one-time-key = 이번 접속에 쓴 키를 지우지 못했습니다. 이 키로는 더 이상 접속할 수 없습니다.
code-connect-unavailable = 인스턴스가 지금 EC2 Instance Connect에 응답하지 않습니다.
code-connect-unavailable-next = 몇 분 기다렸다가 다시 시도하십시오.
code-connect-auth = EC2 Instance Connect가 거부했습니다. 자격 증명이 올바르지 않거나 이 계정의 인스턴스가 아닙니다.
code-connect-auth-next = 상단의 계정과 ec2-instance-connect:SendSSHPublicKey 권한을 확인하십시오.
