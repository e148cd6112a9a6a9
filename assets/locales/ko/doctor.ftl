# 왜 접속되지 않나요? 점검 결과는 마침표 없는 문장으로 적습니다. 한 줄로도, 마지막 문장 안에서도 쓰입니다.

# What did not happen
problem-what-routes = 라우팅 테이블을 읽지 못했습니다.
problem-what-acls = 네트워크 ACL을 읽지 못했습니다.
problem-what-console = 콘솔 출력을 읽지 못했습니다.
problem-what-password = Windows 암호를 읽지 못했습니다.
problem-what-try-login = ssh를 실행해 보지 못했습니다.
problem-wrong-key = 이 암호는 { $path } 파일이 아닌 다른 키로 암호화되었습니다.
problem-wrong-key-next = 인스턴스를 시작할 때 쓴 키 페어의 RSA 프라이빗 키를 선택하십시오.
problem-not-rsa = { $path } 파일은 RSA 키가 아닙니다. Windows 암호는 RSA 키로만 열 수 있습니다.

## The ten checks, while they are not done yet
doctor-running = 인스턴스 상태와 상태 검사
doctor-address = 퍼블릭 주소
doctor-route = 인터넷 경로
doctor-acl = 네트워크 ACL
doctor-rule = 보안 그룹 규칙
doctor-key = 프라이빗 키
doctor-user = 로그인 사용자
doctor-tcp = 포트 연결
doctor-login = 로그인
doctor-console = 콘솔 출력

## What cannot be seen
doctor-blind = { $what }: 확인하지 못했습니다
doctor-needs-permission = 필요한 권한: { $action }
doctor-other-family = 내 주소 { $me }의 IP 버전이 { $target }와(과) 다릅니다
doctor-private-way = 프라이빗 주소로 가는 길은 EC2만으로 알 수 없습니다
doctor-without-address = 주소가 없어 시도하지 않았습니다

## 1 Running
doctor-running-gone = 그런 인스턴스가 없습니다
doctor-running-not = 인스턴스가 실행 중이 아닙니다: { $state }
doctor-running-passed = 실행 중, 상태 검사 통과
doctor-running-initializing = 실행 중, 상태 검사가 아직 끝나지 않았습니다
doctor-running-unchecked = 실행 중, 상태 검사 결과가 없습니다
doctor-running-system-impaired = 실행 중이지만 AWS 쪽 시스템 상태 검사에 실패했습니다
doctor-running-instance-impaired = 실행 중이지만 운영 체제가 인스턴스 상태 검사에 실패했습니다
doctor-running-event = AWS가 예고한 작업: { $event }

## 2 Address
doctor-address-none = 퍼블릭 주소가 없습니다
doctor-address-when-running = 실행 중이 아니어서 퍼블릭 주소가 없습니다
doctor-address-only-private = 프라이빗 주소는 { $private }입니다
doctor-address-elastic = { $target }: 탄력적 IP 주소
doctor-address-changing = { $target }: 퍼블릭 주소, 중지하고 시작할 때마다 바뀝니다
doctor-address-maybe-changing = { $target }: 퍼블릭 주소, 고정인지는 알 수 없습니다
doctor-address-v6 = { $target }: IPv6 주소
doctor-address-private = { $target }: 프라이빗 주소
doctor-address-remembered = 기억한 호스트도 같은 주소입니다
doctor-address-named = 기억한 호스트의 이름은 { $name }입니다
doctor-address-remembered-other = 기억한 호스트의 주소는 { $remembered }인데, 실제 주소는 { $target }입니다

## 3 Route
doctor-route-internet = { $subnet }: 인터넷으로 이어집니다({ $gateway })
doctor-route-table = 라우팅 테이블 { $table }
doctor-route-none = { $subnet }: { $table }에 인터넷 경로가 없습니다
doctor-route-missing = 없는 경로: { $destination }에서 인터넷 게이트웨이(igw-...)로
doctor-route-blackhole = { $table }의 경로가 이미 없어진 { $gateway }(으)로 이어집니다
doctor-route-out-only = { $subnet }: { $gateway }(으)로 나가기만 하고, 밖에서는 들어올 수 없습니다
doctor-route-elsewhere = { $subnet }: { $gateway }(으)로 이어지며, 내가 그 너머에 있는지는 여기서 알 수 없습니다
doctor-route-no-subnet = 인스턴스의 서브넷을 알 수 없습니다
doctor-route-no-table = { $subnet }의 라우팅 테이블을 찾지 못했습니다

## 4 Network ACL
doctor-acl-open = 네트워크 ACL { $acl }: { $port } 포트로 들어오고 응답이 나갈 수 있습니다
doctor-acl-in = 네트워크 ACL { $acl }: { $me } 주소를 { $port } 포트에서 막습니다
doctor-acl-out = 네트워크 ACL { $acl }: { $me } 주소로 가는 응답을 막습니다({ $port } 포트)
doctor-acl-entry = { $entry }번 항목이 { $block }을(를) 거부합니다
doctor-acl-no-entry = 허용하는 항목이 없습니다
doctor-acl-none = 서브넷의 네트워크 ACL을 찾지 못했습니다

## 5 Rule
doctor-rule-covers = { $group }: { $me } 주소를 { $port } 포트에서 허용합니다
doctor-rule-none = { $me } 주소를 { $port } 포트에서 허용하는 규칙이 없습니다
doctor-rule-moved = { $group }: { $port } 포트에서 이전 내 주소 { $old }만 허용하고, { $me } 주소는 허용하지 않습니다
doctor-rule-others = { $group }에서 허용하는 소스: { $peers }
doctor-rule-nobody = { $port } 포트에는 아무도 들어올 수 없습니다
doctor-rule-no-group = 인스턴스에 보안 그룹이 없습니다
doctor-rule-list = { $list }에 { $me } 주소가 들어 있는지 알 수 없습니다

## 6 Key
doctor-key-good = { $path } 파일이 있고, { $name } 키 페어와 맞으며, 나만 읽을 수 있습니다
doctor-key-fits = { $path } 파일이 있고, { $name } 키 페어와 맞습니다
doctor-key-newer = { $name } 키 페어가 인스턴스의 마지막 시작보다 나중에 만들어졌습니다. 서버는 같은 이름의 옛 키를 알고 있을 수 있습니다
doctor-key-missing = { $name } 키 페어의 프라이빗 키가 이 컴퓨터에 없습니다
doctor-key-other = { $path } 파일은 { $name } 키 페어와 맞지 않습니다
doctor-key-unproven = { $path } 파일이 있지만, { $name } 키 페어와 맞는지 알 수 없습니다
doctor-key-pair-gone = { $name } 키 페어가 EC2에서 삭제되었습니다
doctor-key-encrypted = 암호로 잠겨 있어 퍼블릭 키를 알 수 없습니다
doctor-key-open = { $path } 파일을 다른 사람도 읽을 수 있어 ssh가 쓰지 않습니다
doctor-key-ppk = { $path } 파일은 PuTTY 키라서 ssh가 읽지 못합니다
doctor-key-without-pair = 키 페어 없이 시작한 인스턴스입니다. 어떤 키를 받는지 여기서는 알 수 없습니다
doctor-key-rdp = 원격 데스크톱은 암호로 접속하므로 키가 필요하지 않습니다

## 7 User
doctor-user-fits = 로그인 사용자 { $user }: { $image } 이미지와 맞습니다
doctor-user-other = { $image } 이미지의 사용자는 보통 { $user }이(가) 아니라 { $usual }입니다
doctor-user-no-image = 로그인 사용자 { $user }: 이미지가 없어져 추측한 값입니다
doctor-user-rdp = 원격 데스크톱의 사용자는 Administrator입니다

## 8 Connection
doctor-tcp-not-tried = 아직 시도하지 않았습니다
doctor-tcp-answers = { $at }: 응답합니다
doctor-tcp-accepts = { $at }: 연결을 받습니다
doctor-tcp-other-service = { $at }: 응답하지만 SSH 서버가 아닙니다
doctor-tcp-timed-out-expected = { $at }: 응답이 없습니다(시간 초과). { $because } 당연합니다
doctor-because-running = 실행 중이 아니므로
doctor-because-address = 주소가 맞지 않으므로
doctor-because-route = 그 경로가 없으므로
doctor-because-acl = 그 네트워크 ACL이 막으므로
doctor-because-rule = 그 규칙이 없으므로
doctor-tcp-timed-out = { $at }: 응답이 없습니다(시간 초과)
doctor-tcp-timed-out-why = 위에서는 원인을 찾지 못했습니다. 내 쪽 방화벽, 서버의 방화벽, 또는 멈춘 서버일 수 있습니다
doctor-tcp-unseen = 확인하지 못한 항목 때문일 수 있습니다: { $what }
doctor-tcp-still-booting = 아직 부팅 중일 수 있습니다
doctor-tcp-refused = { $at }: 거부합니다. 서버까지 닿았지만 그 포트에서 기다리는 프로그램이 없습니다
doctor-tcp-refused-why = SSH 서버가 꺼져 있거나 다른 포트에 있습니다
doctor-tcp-refused-before = EC2라면 아예 응답하지 않았을 것입니다. 가는 길에 있는 무언가가 거부합니다
doctor-tcp-silent = { $at }: 연결을 받지만 아무 말이 없습니다
doctor-tcp-silent-why = 서버가 멈췄거나(메모리 부족), 가는 길에 있는 무언가가 대신 받습니다
doctor-tcp-reset = { $at }: 연결을 끊습니다
doctor-tcp-closed = { $at }: 연결을 받자마자 끊습니다
doctor-tcp-hung-up-why = SSH 서버의 연결이 너무 많거나 나를 막고 있습니다. 가는 길에 있는 무언가일 수도 있습니다
doctor-tcp-unreachable = { $at }: 이 컴퓨터에서 닿을 수 없습니다
doctor-tcp-unreachable-why = 이 컴퓨터의 네트워크가 알린 내용: { $words }

## 9 Login
doctor-login-works = { $user } 사용자로 ssh 로그인이 됩니다
doctor-login-not-tried = 로그인은 시도하지 않았습니다
doctor-login-pointless = 연결이 되지 않아 로그인은 시도하지 않았습니다
doctor-login-rdp = 원격 데스크톱은 암호로 접속하므로 로그인은 시도하지 않았습니다
doctor-login-denied = 서버가 { $user } 사용자에게 이 키를 받아들이지 않습니다
doctor-login-denied-as-found = 위에서 찾은 문제 때문입니다: { $what }
doctor-login-denied-no-keys = 서버가 키를 받지 않습니다. 받는 방식: { $ways }
doctor-login-denied-why = 서버가 이 사용자의 다른 키를 알고 있거나(EC2에서 키 페어를 나중에 바꿔도 서버는 그대로입니다), 키의 암호를 아는 에이전트가 없습니다
doctor-login-other-user = 서버는 { $user }이(가) 아니라 { $other } 사용자의 로그인을 받습니다
doctor-login-host-key-changed = 서버의 호스트 키가 이전과 다릅니다
doctor-login-host-key-proven = 콘솔 출력에 새 키 { $fingerprint }이(가) 있으므로 서버 자신의 키입니다
doctor-login-host-key-unproven = 새 키는 { $fingerprint }입니다. 바뀐 이유를 알 때만 계속하십시오
doctor-login-host-key-careful = 바뀐 이유를 알 때만 계속하십시오
doctor-login-host-key-unknown = 서버의 호스트 키를 아직 모르며, ssh는 아는 키만 받습니다
doctor-login-key-open = 다른 사람도 읽을 수 있는 키 파일이라 ssh가 쓰지 않습니다
doctor-login-key-missing = ssh가 키 파일을 찾지 못합니다
doctor-login-key-unreadable = ssh가 키 파일을 읽지 못합니다. 손상되었거나 PuTTY 키입니다
doctor-login-too-many-keys = ssh가 키를 너무 많이 내밀어 서버가 연결을 끊었습니다
doctor-login-nothing-in-common = ssh와 서버가 함께 쓸 수 있는 알고리즘이 없습니다
doctor-login-timed-out = ssh가 제시간에 응답을 받지 못했습니다
doctor-login-refused = ssh 연결이 거부되었습니다. 그 포트에서 기다리는 프로그램이 없습니다
doctor-login-hung-up = 서버가 ssh 연결을 끊었습니다
doctor-login-name-unknown = ssh가 호스트 이름을 찾지 못합니다
doctor-login-no-way = ssh가 서버로 가는 길을 찾지 못합니다
doctor-login-configuration = ssh가 자신의 설정을 받아들이지 않습니다: { $line }
doctor-login-failed = ssh가 실패했습니다: { $line }
doctor-login-silent = ssh가 아무 말 없이 실패했습니다

## 10 Console
doctor-console-good = 콘솔에 부팅 실패가 보이지 않습니다
doctor-console-none = 콘솔 출력이 아직 없습니다
doctor-console-panic = 커널 패닉이 났습니다
doctor-console-no-root = 커널이 루트 볼륨을 찾지 못합니다
doctor-console-emergency = 시스템이 응급 모드에서 멈췄습니다
doctor-console-fsck = 파일 시스템이 손상되었습니다
doctor-console-disk-full = 볼륨이 가득 찼습니다
doctor-console-memory = 메모리가 부족합니다
doctor-console-cloud-init = cloud-init이 실패하여 키나 사용자가 없을 수 있습니다
doctor-console-ssh-server = SSH 서버가 시작되지 않았습니다

## What mends it
doctor-mend-start = 인스턴스 시작
doctor-mend-wait = 1~2분 기다리기
doctor-mend-reboot = 인스턴스 재부팅
doctor-mend-stop-and-start = 인스턴스를 중지했다가 시작하여 다른 하드웨어로 옮기기
doctor-mend-fixed-address = 고정 주소 주기
doctor-mend-rewrite-host = 기억한 호스트 고쳐 쓰기
doctor-mend-allow-my-ip = 지금 내 주소 허용
doctor-mend-find-key = 프라이빗 키를 이 컴퓨터로 가져오기
doctor-mend-convert-key = 키를 ssh용으로 변환
doctor-mend-lock-key = 키 파일을 나만 읽을 수 있게 잠그기
doctor-mend-choose-user = { $user } 사용자로 로그인
doctor-mend-forget-host-key = 이전 호스트 키 지우기

## The last sentence
doctor-cause-and-mend = 첫 번째 원인: { $cause }. 해결 방법: { $mend }.
doctor-cause = 첫 번째 원인: { $cause }.
doctor-well = 모두 정상입니다. 접속할 수 있습니다.
doctor-nothing-found = { $n ->
    [0] 시도한 범위에서는 막는 것이 없습니다.
   *[other] 원인을 찾지 못했지만, 확인하지 못한 항목이 { $n }개 있습니다.
}
