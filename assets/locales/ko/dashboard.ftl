# 대시보드: 머리글, 창, 세부 정보, 바닥글, 그 위에 열리는 것들.

## 머리글
header-demo = 데모
header-read-only = 읽기 전용
header-endpoint = { $host }
header-running = 실행 중 { $n }
header-idle = 유휴 주소 { $n }개
header-problem = 연결되지 않음
header-opening = 연결 중
header-reading = 읽는 중
header-read-now = 방금 읽음
header-read-ago = { $age } 전에 읽음

## 지난 시간
age-seconds = { $n }초
age-minutes = { $n }분
age-hours = { $n }시간
age-days = { $n }일

## 창
pane-instances = 인스턴스
pane-security-groups = 보안 그룹
pane-addresses = 탄력적 IP
pane-key-pairs = 키 페어
pane-details = 세부 정보
title-count = { $total }개 중 { $n }개
title-failed = 읽지 못함

column-name = 이름
column-id = ID
column-state = 상태
column-type = 유형
column-zone = 가용 영역
column-public-ip = 퍼블릭 IP
column-private-ip = 프라이빗 IP
column-key = 키 페어
column-age = 경과
column-platform = 시스템
column-checks = 상태 검사
column-vpc = VPC
column-rules = 규칙
column-used-by = 사용처
column-mark = 경고
column-description = 설명
column-address = 주소
column-on = 연결 대상
column-algorithm = 유형
column-fingerprint = 지문
column-here = 프라이빗 키

state-pending = 대기 중
state-running = 실행 중
state-stopping = 중지 중
state-stopped = 중지됨
state-shutting-down = 종료 중
state-terminated = 종료됨
state-unknown = 알 수 없음

count-rules = 규칙 { $n }개
count-instances = 인스턴스 { $n }개
mark-elastic-ip = EIP
mark-open-to-world = { $what } 전 세계에 열려 있음
mark-idle-address = 유휴, 비용 발생
mark-address-on-stopped = 비용 발생: { $name } 실행 중 아님
mark-address-on-loose-interface = 비용 발생: { $interface } 연결되지 않음
mark-key-here = 키 있음
mark-key-not-here = 키 없음
mark-key-open = 권한 열림

## 비어 있는 목록
empty-reading = 읽는 중
empty-not-read = 읽지 못했습니다.
empty-no-region = 먼저 리전을 선택하십시오: R 키를 누릅니다.
empty-filtered = { $total }개 중 “{ $filter }”와(과) 일치하는 항목이 없습니다. Esc를 누르면 필터가 지워집니다.
empty-instances = 이 리전에는 인스턴스가 없습니다. 인스턴스는 초 단위로 빌리는 서버입니다.
empty-launch-first = 첫 서버 시작
empty-groups = 보안 그룹이 없습니다. 보안 그룹은 누가 서버에 접속할 수 있는지 정합니다.
empty-addresses = 탄력적 IP가 없습니다. 탄력적 IP는 서버를 중지했다가 시작해도 바뀌지 않는 주소입니다.
empty-keys = 키 페어가 없습니다.
hint-details = 자세히
hint-try-again = 다시 시도
hint-other-region = 다른 리전

## 세부 정보
details-nothing = 선택한 항목이 없습니다.
details-none = 없음
details-state-for = { $time }째 { $state }
details-checks-passed = 2/2개 검사 통과
details-checks-running = 상태 검사 진행 중
details-checks-failed = { $n }/2개 검사 통과
details-vcpus = vCPU { $n }개
details-gib = { $size } GiB
details-free-tier = 프리 티어 사용 가능
details-public = 퍼블릭
details-private = 프라이빗
details-public-dns = 퍼블릭 DNS
details-private-dns = 프라이빗 DNS
details-elastic-ip = 탄력적 IP
details-changes-on-stop = 중지했다가 시작하면 바뀜
details-no-public-ip = 퍼블릭 주소 없음
details-key = 키 페어
details-no-key = 없음: 키로 접속할 수 없습니다
details-key-gone = EC2에서 삭제됨
details-login = 로그인 사용자
details-image = 이미지
details-reach = 접속할 수 있는 곳
details-nobody = 없음: 인바운드를 허용하는 규칙이 없습니다.
details-nowhere = 아웃바운드를 허용하는 규칙이 없습니다.
details-volumes = 볼륨
details-volume-goes = 종료 시 삭제
details-volume-stays = 종료해도 남음
details-encrypted = 암호화됨
details-more = 그 밖의 정보
details-platform = 시스템
details-zone = 가용 영역
details-subnet = 서브넷
details-group = 보안 그룹
details-iam = IAM 프로파일
details-imds-required = IMDSv2 필수
details-imds-optional = IMDSv1 허용: 이 서버의 모든 프로그램이 토큰 없이 자격 증명을 읽을 수 있습니다
details-imds-disabled = 꺼짐
details-monitoring = 모니터링
details-monitoring-detailed = 세부, 1분 간격, 비용 발생
details-launched = 시작 시각
details-interface = 인터페이스
details-tags = 태그
details-id = ID
details-description = 설명
details-inbound = 인바운드 규칙
details-outbound = 아웃바운드 규칙
details-used-by = 사용하는 인스턴스
details-group-open = { $what }이(가) 전 세계에 열려 있습니다. 몇 분 안에 공격을 받습니다.
details-address-idle = 유휴: 아무 데도 연결되지 않았지만 비용이 발생합니다. 릴리스하면 끝납니다.
details-address-on-stopped = 인스턴스가 실행 중이 아닌 동안에도 비용이 발생합니다.
details-address-on-loose-interface = 유휴: 네트워크 인터페이스가 아무 데도 연결되지 않았지만 비용이 발생합니다. 릴리스하면 끝납니다.
details-address-in-use = 사용 중입니다. 모든 퍼블릭 IPv4 주소는 시간 단위로 청구됩니다.
details-allocation = 할당 ID
details-association = 연결 ID
details-on = 연결 대상
details-private-here = 프라이빗 키가 이 컴퓨터에 있습니다.
details-private-missing = 찾아본 폴더에 프라이빗 키가 없습니다. AWS는 프라이빗 키를 보관하지 않습니다.
details-private-open = 이 컴퓨터의 다른 사용자가 파일을 읽을 수 있어 ssh가 거부합니다. chmod 400으로 고칠 수 있습니다.
details-algorithm = 유형
details-fingerprint = 지문
details-created = 생성 시각
details-ago = { $time } 전
details-launched-with = 이 키로 시작한 인스턴스

rule-all-traffic = 모든 트래픽
rule-protocol = 프로토콜 { $n }
rule-all-ports = 전체
rule-icmp-type = 유형 { $n }
rule-anywhere = 위치 무관
rule-anywhere-v6 = 위치 무관(IPv6)
rule-group = 그룹 { $name }
rule-my-ip = 내 IP
rule-open-to-world = 전 세계에 열려 있음

## 바닥글
footer-marked = { $n }개 표시됨

## 키
key-launch = 인스턴스 시작
key-start = 시작
key-stop = 중지
key-reboot = 재부팅
key-terminate = 종료
key-mark = 표시
key-mark-all = 모두 표시
key-menu = 작업
key-copy = 복사
key-copy-ssh = ssh 명령 복사
key-filter = 필터
key-sort = 정렬
key-focus-instances = 인스턴스
key-focus-groups = 보안 그룹
key-focus-addresses = 탄력적 IP
key-focus-keys = 키 페어
key-focus-details = 세부 정보
key-next-pane = 다음 창
key-previous-pane = 이전 창
key-zoom = 확대
key-refresh = 새로 고침
key-region = 리전
key-profile = 프로파일
key-show-problem = 오류 자세히
key-palette = 명령
key-help = 도움말
key-quit = 끝내기
key-keep-filter = 필터 유지
key-clear-filter = 필터 지우기
key-choose = 선택
key-other-answer = 다른 답
key-answer = 답하기
key-yes = 예
key-no = 아니요
key-confirm = 확인
key-close = 닫기
key-next-step = 다음
key-previous-step = 이전
key-next-field = 다음 필드
key-other-source = 다른 출처
key-architecture = 아키텍처
key-credits = 크레딧 모드
key-change = 변경
key-fill-allowance = 남은 무료 한도 채우기
key-add-volume = 볼륨 추가
key-remove-volume = 볼륨 제거
key-add-rule = 규칙 추가
key-add-https = HTTPS
key-add-http = HTTP
key-add-tcp = 사용자 지정 TCP
key-cycle-source = 소스
key-remove-rule = 규칙 제거
key-ask-again = 다시 확인
key-go-to-instance = 인스턴스로 이동
key-retry = 다시 시도
key-remove-made = 만든 것 제거
key-preview = AWS CLI 명령
key-leave = 나가기
key-leave-launch = 시작 취소
key-down = 아래로
key-up = 위로
key-first = 처음
key-last = 끝
key-page-down = 다음 페이지
key-page-up = 이전 페이지

## 도움말
help-title = 키
help-doing = 작업
help-looking = 보기
help-panes = 창
help-moving = 이동
help-leaving = 나가기

## 선택 목록
choice-type-to-narrow = 입력하면 목록이 좁혀집니다
choice-nothing = 일치하는 항목이 없습니다.
choice-in-use = 사용 중
menu-title = { $name }
palette-title = 명령
sort-title = 정렬 기준
sort-ascending = 오름차순
sort-descending = 내림차순
profile-title = 프로파일
region-title = 리전
first-region-title = 어느 리전을 사용합니까?

## 확인
answer-no = 아니요
answer-yes = 예
confirm-type = 계속하려면 { $word }을(를) 입력하십시오.
confirm-type-either = 계속하려면 { $word } 또는 { $other }을(를) 입력하십시오.
confirm-word-differs = 입력한 값이 다릅니다.
confirm-instance = { $name }  { $id }
confirm-and-more = 외 { $n }개
confirm-stop = 인스턴스 { $n }개를 중지할까요?
confirm-reboot = 인스턴스 { $n }개를 재부팅할까요?
confirm-terminate = 인스턴스 { $n }개를 종료할까요?
confirm-quit = 지금 끝낼까요?
stop-address-changes = 퍼블릭 주소는 반납되고, 다시 시작하면 다른 주소를 받습니다.
stop-address-costs = 탄력적 IP는 그대로 남고, 실행 중이 아닌 동안에도 비용이 발생합니다.
stop-volumes-cost = 볼륨은 남아 있으며 중지된 동안에도 청구됩니다.
reboot-keeps-everything = 주소와 볼륨은 그대로입니다.
terminate-is-final = 되돌릴 수 없습니다. 인스턴스 자체 디스크의 데이터는 사라집니다.
terminate-is-protected = { $name }에 종료 방지가 켜져 있습니다. 먼저 종료 방지를 끄십시오. 아무것도 종료하지 않았습니다.
terminate-keeps-volumes = 볼륨 { $n }개는 남으며 삭제할 때까지 청구됩니다.
terminate-keeps-address = 탄력적 IP { $address }은(는) 남으며 릴리스할 때까지 비용이 발생합니다.
quit-writes-under-way = 요청 { $n }개가 진행 중입니다. AWS는 요청을 수행하지만 결과는 볼 수 없습니다.

## 페이지
commands-title = AWS CLI 명령
problem-title = 문제
problem-details = 자세한 내용
problem-operation = 작업
problem-code = 코드
problem-message = 메시지
problem-request = 요청 ID
outcomes-summary = { $done }개 완료, { $failed }개 실패
outcome-done = 완료

## 방금 일어난 일
done-start = { $name }: 시작하는 중입니다.
done-stop = { $name }: 중지하는 중입니다.
done-reboot = { $name }: 재부팅하는 중입니다.
done-terminate = { $name }: 종료하는 중입니다.
done-several = 인스턴스 { $n }개에 대해 완료했습니다.
copied = 복사함: { $value }
no-ssh-command = 접속할 주소가 없습니다.

## 지금 할 수 없는 이유
why-read-only = 읽기 전용 모드입니다. 아무것도 변경하지 않습니다.
why-no-region = 먼저 리전을 선택하십시오.
why-nothing-selected = 선택한 항목이 없습니다.
why-windows-has-no-ssh = Windows에는 ssh가 아니라 원격 데스크톱으로 접속합니다.
why-list-is-empty = 목록이 비어 있습니다.
why-no-problem = 표시할 오류가 없습니다.
why-demo-has-one-profile = 데모에는 프로파일이 하나뿐입니다.
why-none-of-marked = 표시한 인스턴스 중 가능한 상태인 것이 없습니다.
why-terminated = 종료된 인스턴스입니다.
why-runs-already = 이미 실행 중입니다.
why-stopped-already = 이미 중지되었습니다.
why-reboot-needs-running = 실행 중인 인스턴스만 재부팅할 수 있습니다.
why-still-starting = 아직 시작하는 중입니다.
why-still-stopping = 아직 중지하는 중입니다.
why-not-in-this-state = 이 상태에서는 할 수 없습니다.
why-not-in-this-step = 이 단계에서는 할 수 없습니다.
why-region-not-enabled = 이 계정에서 활성화되지 않음
notice-later = 이 화면을 닫으면 확인할 내용이 더 있습니다.
