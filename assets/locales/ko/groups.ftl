# 보안 그룹, 규칙, 그리고 이를 사용하는 인스턴스.

## 키 하나로: 내 주소
key-allow-my-ip = 내 IP 허용
key-close-to-me = 내 IP만 허용
task-allow = { $name }에 내 주소 허용 중
task-close = { $name } 접근을 내 주소로 제한 중
allow-added = { $group }: 이제 { $me } 허용({ $kind }).{ $shared } u 키로 되돌립니다.
allow-moved = { $group }: 이제 { $me } 허용({ $kind }), 이전 주소 { $old }.{ $shared } u 키로 되돌립니다.
allow-shared = { " " }다른 인스턴스 { $n }개와 공유합니다.
allow-covered = { $me } 주소는 이미 허용되어 있습니다: { $group }의 { $rule }. 변경하지 않았습니다.
allow-there-already = { $group }: { $me } 주소가 이미 허용되어 있습니다. 변경하지 않았습니다.
allow-no-group = { $name }에는 규칙을 추가할 보안 그룹이 없습니다.
close-title = { $name }({ $id }) 접근을 { $me } 주소로 제한할까요?
close-narrows = { $rule }: 이제 { $me }만 허용
close-adds = { $rule }: 추가
close-removes = { $rule }: 삭제, 다른 규칙으로 접속할 수 있습니다
close-closes-more = 범위가 넓은 규칙이 있습니다. 웹 페이지처럼 그 규칙으로 열려 있던 다른 접근도 모두 닫힙니다.
close-users = 이 그룹을 사용하는 인스턴스: { $n }개
close-nothing = { $name }: 전 세계에 열린 관리 포트가 없습니다.
close-done = { $name }: 이제 { $me }만 접근할 수 있습니다. u 키로 되돌립니다.
my-address-title = 내 주소
my-address-field = 주소
my-address-hint = 인터넷에서 보이는 주소입니다. IPv4 또는 IPv6 주소 하나를 입력합니다.
my-address-why = 내 주소를 알려 주는 서비스가 응답하지 않았습니다. 직접 입력하세요.

## 규칙
key-edit-rules = 규칙
key-edit-rule = 규칙 편집
key-delete-rule = 규칙 삭제
key-other-direction = 인바운드/아웃바운드
rules-title = { $name }의 규칙  { $id }
rules-inbound = 인바운드 { $n }
rules-outbound = 아웃바운드 { $n }
rules-column-destination = 대상
rules-protocol = 프로토콜 { $protocol }
rules-made-here = 이 컴퓨터에서 만든 규칙
rules-of-which = { $name }의 어느 그룹을 볼까요?
rule-my-old-ip = 이전 내 IP
rule-words = { $kind } { $ports }, { $peer }
rule-words-all = { $kind }, { $peer }
rule-list = 목록 { $name }
rule-title-new-inbound = { $name }에 인바운드 규칙 추가
rule-title-new-outbound = { $name }에 아웃바운드 규칙 추가
rule-title-edit = { $name }의 규칙 { $id } 편집
rule-field-type = 유형
rule-field-ports = 포트 범위
rule-field-icmp-type = ICMP 유형
rule-field-icmp-code = ICMP 코드
rule-field-protocol = 프로토콜 번호
rule-field-source = 소스
rule-field-destination = 대상
rule-field-block = CIDR 블록
rule-field-group = 보안 그룹
rule-field-list = 접두사 목록
rule-field-description = 설명
rule-hint-type = 글자를 누르면 그 글자로 시작하는 다음 유형으로 이동합니다.
rule-hint-ports = 8080 또는 8000-8100
rule-hint-icmp = 비워 두면 전체입니다. 핑은 유형 8입니다.
rule-hint-protocol = IANA 번호 0~255. EC2는 모든 포트를 엽니다.
rule-hint-block = 198.51.100.0/24 또는 2001:db8::/64. 주소 하나만 입력하면 그 주소만 허용합니다.
rule-hint-description = 영문, 숫자, 공백, ._-:/()#,@[]+=&;{"{"}{"}"}!$*
rule-type-named = { $name }  { $ports }
rule-type-tcp = 사용자 지정 TCP
rule-type-udp = 사용자 지정 UDP
rule-type-icmp = 사용자 지정 ICMP
rule-type-icmpv6 = 사용자 지정 ICMPv6
rule-type-protocol = 사용자 지정 프로토콜
rule-type-all = 모든 트래픽
rule-type-all-tcp = 모든 TCP
rule-type-all-udp = 모든 UDP
rule-type-all-icmp = 모든 ICMP
rule-type-all-icmpv6 = 모든 ICMPv6
rule-peer-me = 내 IP
rule-peer-v4 = 위치 무관, IPv4
rule-peer-v6 = 위치 무관, IPv6
rule-peer-cidr = 사용자 지정 CIDR
rule-peer-group = 보안 그룹
rule-peer-list = 접두사 목록
rule-group-option = { $name }  { $id }
rule-list-option = { $name }  { $id }  규칙 { $n }개로 계산
rule-users = { $n ->
    [0] 이 그룹을 사용하는 인스턴스가 없습니다.
   *[other] 인스턴스 { $n }개에 바로 적용됩니다.
}
rule-exists = 그룹에 같은 규칙이 이미 있습니다.
rule-wrong-my-ip = 내 주소를 확인하지 못했습니다. CIDR를 선택해 직접 입력하세요.
rule-wrong-icmp-type = 0~255 사이의 숫자, 전체는 비워 둡니다.
rule-wrong-icmp-code = 0~255 사이의 숫자, 전체는 비워 둡니다. 유형이 비어 있으면 코드도 비워 둡니다.
rule-wrong-protocol = 0~255 사이의 숫자입니다.
rule-wrong-group = 이 VPC에 다른 보안 그룹이 없습니다.
rule-wrong-list = 접두사 목록이 없거나 읽지 못했습니다.
rule-wrong-type = 유형을 선택하세요.
task-add-rule = 규칙 추가 중
task-edit-rule = 규칙 변경 중
task-delete-rule = 규칙 삭제 중
add-rule-there = { $group }에 이미 있는 규칙입니다: { $rule }. 변경하지 않았습니다.
done-add-rule = { $group }에 추가: { $rule }. u 키로 되돌립니다.
done-edit-rule = { $group }에서 변경: { $rule }. u 키로 되돌립니다.
done-delete-rule = { $group }에서 삭제: { $rule }. u 키로 되돌립니다.
delete-rule-title = 이 규칙을 삭제할까요?
delete-rule-which = { $rule }  { $id }
delete-rule-group = { $name }({ $id })의 규칙, 사용하는 인스턴스 { $n }개
delete-rule-keeps-me-out = 지금 위치에서 접속을 허용하는 규칙입니다.

## 그룹
key-new-group = 새 그룹
key-copy-group = 그룹 복사
key-delete = 삭제
group-title-new = 새 보안 그룹
group-title-copy = { $name } 그룹과 규칙 복사
group-vpc = VPC
group-vpc-named = { $name }  { $id }
group-vpc-default = 기본  { $id }
group-new-note = 인바운드 규칙 없이 시작하므로 아무도 들어올 수 없습니다. 아웃바운드는 모두 허용됩니다.
group-copy-note = 함께 복사: 인바운드 규칙 { $inbound }개, 아웃바운드 규칙 { $outbound }개, 설명, 태그
group-copy-elsewhere = 다른 VPC에서는 보안 그룹을 가리키는 규칙이 거부될 수 있습니다.
group-name-default = VPC마다 있는 기본 그룹의 이름입니다. 다른 이름을 선택하세요.
group-is-gone = { $name }: 더 이상 없습니다.
task-new-group = { $name } 생성 중
task-delete-group = { $name } 삭제 중
done-new-group = { $name } 그룹을 만들었습니다. e 키로 규칙을 추가합니다.
done-copy-group = { $original }의 규칙으로 { $name } 그룹을 만들었습니다.
copy-group-unfinished = { $name } 그룹은 생겼지만 규칙이 모두 복사되지는 않았습니다.
delete-group-title = { $name }({ $id }) 그룹을 삭제할까요?
delete-group-final = 되돌릴 수 없으며 규칙도 함께 삭제됩니다.
delete-group-used = 다음이 사용하는 동안 EC2가 거부합니다:
delete-group-refused = 다음이 아직 사용하고 있어 { $name } 그룹을 삭제하지 못했습니다:
delete-group-still-used = { $name }: 아직 사용 중
delete-group-not = { $name } 그룹을 삭제하지 못했습니다.
done-delete-group = { $name } 그룹을 삭제했습니다.
uses-instance-named = 인스턴스 { $name }  { $id }
uses-instance = 인스턴스 { $id }
uses-interface = 네트워크 인터페이스 { $id }  { $kind }
uses-interface-described = 네트워크 인터페이스 { $id }  { $words }
uses-rule = { $name }의 규칙  { $id }
mark-fine = 정상
mark-unused = 미사용
count-instances-and-others = 인스턴스 { $n }개, 기타 { $others }개
count-others = 인터페이스 { $n }개
details-used-by-others = 사용하는 다른 네트워크 인터페이스
details-used-by-rules = 이 그룹을 가리키는 규칙이 있는 그룹

## 인스턴스의 보안 그룹
key-attach-group = 그룹 연결
key-detach = 연결 해제
key-attach-to-instance = 인스턴스에 연결
key-detach-from-instance = 인스턴스에서 해제
attach-title = { $name }에 어느 그룹을 연결할까요?
attach-none = 같은 VPC에 다른 보안 그룹이 없습니다. 보안 그룹 창에서 n 키로 만들 수 있습니다.
attach-note-interface = 규칙 { $n }개, { $interface }
attach-full = 이미 { $most }개가 연결되어 있습니다
attach-to-title = { $name } 그룹을 어느 인스턴스에 연결할까요?
attach-to-none = 같은 VPC의 모든 인스턴스에 이미 연결되어 있습니다.
attach-question = { $name }에 { $group } 그룹을 연결할까요?
detach-title = { $name }에서 무엇을 해제할까요?
detach-none = 해제할 수 있는 것이 없습니다.
detach-last = 최소 하나는 필요합니다
detach-from-title = { $name } 그룹을 어느 인스턴스에서 해제할까요?
detach-from-none = 이 그룹을 사용하는 인스턴스가 없습니다.
detach-question = { $name }에서 { $group } 그룹을 해제할까요?
done-attach = { $name }에 { $group } 그룹을 연결했습니다. u 키로 되돌립니다.
done-detach = { $name }에서 { $group } 그룹을 해제했습니다. u 키로 되돌립니다.
task-groups = { $name }의 보안 그룹 변경 중
regroup-changed = 그사이 상황이 바뀌었습니다. 이제는 다음과 같이 됩니다.
regroup-gone = { $name }에 이 네트워크 인터페이스가 더 이상 없습니다. 아무것도 바꾸지 않았습니다.
regroup-cannot = 아무것도 바꾸지 않았습니다: { $why }.
attach-there = { $name }에 이미 { $group } 그룹이 연결되어 있습니다. 아무것도 바꾸지 않았습니다.
detach-gone = { $name }에 { $group } 그룹이 연결되어 있지 않습니다. 아무것도 바꾸지 않았습니다.
effect-gains = + { $rule }
effect-loses = - { $rule }
effect-none = 접근할 수 있는 대상은 그대로입니다.
effect-me-in = { $me }에서 { $kind } 접속이 가능해집니다.
effect-me-out = { $me }에서 더 이상 { $kind } 접속을 할 수 없습니다.
instance-note = { $state }  { $id }

## 태그
key-edit-tags = 태그
key-add-tag = 태그 추가
key-edit-tag = 태그 변경
key-remove-tag = 태그 제거
tags-title = { $id }의 태그
tags-none = 태그가 없습니다. n 키로 추가합니다. 목록에는 Name 태그가 표시됩니다.
tag-title-new = 태그 추가
tag-title-edit = 태그 변경
task-tags = 태그 변경 중
done-tag = 태그 { $key } 설정 완료. u 키로 되돌립니다.
done-remove-tag = 태그 { $key } 제거 완료. u 키로 되돌립니다.

## 대시보드 위의 양식
key-do-it = 실행
key-previous-field = 이전 항목
dialog-sent = 보냈습니다. 응답을 기다리는 중입니다.
dialog-wait = 처리 중입니다. Esc 키로 양식을 닫아도 결과를 알려 드립니다.

## 되돌리기
key-undo = 되돌리기
task-undo = 되돌리는 중
undo-done = 되돌렸습니다: { $what }
undo-world-title = 되돌리시겠습니까: { $what }? 관리 포트가 전 세계에 열립니다.
undo-elsewhere = { $region } 리전, { $profile } 프로파일에서 한 작업입니다. 먼저 그곳으로 이동하세요.
undo-allow = { $group }의 { $me }
undo-close = { $name } 접근 제한
undo-add-rule = 규칙 추가
undo-edit-rule = 규칙 변경
undo-delete-rule = 규칙 삭제
undo-groups = { $name }의 보안 그룹
undo-tag = 태그 { $key }

## 할 수 없는 이유
why-no-groups = 연결된 보안 그룹이 없습니다.
why-no-rule-ids = ec2:DescribeSecurityGroupRules 권한이 없어 규칙 ID를 알 수 없으므로 변경할 수 없습니다.
why-not-open = 전 세계에 열린 관리 포트가 없습니다.
why-not-read-yet = 목록을 읽는 중입니다.
why-nothing-to-undo = 되돌릴 작업이 없습니다.
why-tag-of-aws = AWS가 관리하는 태그입니다.
why-task-under-way = 다음 작업이 끝날 때까지 기다리세요: { $task }
