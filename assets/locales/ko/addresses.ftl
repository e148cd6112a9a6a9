# 탄력적 IP: 할당, 연결, 연결 해제, 릴리스.

## 키
key-allocate = 할당
key-associate = 연결
key-disassociate = 연결 해제
key-release = 릴리스
key-fixed-address = 고정 주소
key-toggle-option = 릴리스도 함께

column-interface = 인터페이스
details-costs-for-nothing = 실행 중이 아닌데도 비용 발생

## 할당
allocate-title = 탄력적 IP 주소를 할당할까요?
allocate-title-for = { $name }에 사용할 탄력적 IP 주소를 할당할까요?
allocate-costs = 모든 퍼블릭 IPv4 주소는 사용 중이든 유휴 상태든 릴리스할 때까지 시간 단위로 청구됩니다.
allocate-one-is-idle = 이미 { $address } 주소가 유휴 상태입니다. a 키로 인스턴스에 연결할 수 있습니다.
allocate-several-are-idle = 이미 주소 { $n }개가 유휴 상태입니다. a 키로 인스턴스에 연결할 수 있습니다.
allocate-then-choose = 다음으로 주소를 연결할 인스턴스를 선택합니다.
allocate-goes-to = { $name }에 연결되며, 중지했다가 시작해도 바뀌지 않습니다.
allocate-left-idle = { $address }: 유휴, 비용이 발생합니다. a 키로 연결, d 키로 릴리스합니다.
allocate-no-instance = { $address } 할당 완료. 연결할 인스턴스가 없습니다. 유휴 상태로 비용이 계속 발생합니다.
allocate-unfinished = 탄력적 IP 주소를 할당하는 중입니다. 할당된 주소는 남아서 비용이 발생합니다.
allocate-not = 주소를 할당하지 않았습니다.
done-allocate = { $address } 할당 완료. 지금부터 사용 여부와 관계없이 비용이 발생합니다.
task-allocate = 주소 할당 중
limit-title = 탄력적 IP 주소 한도 도달
limit-idle = { $address }  유휴
limit-idle-named = { $address }  유휴  { $name }
limit-on-stopped = { $address }  실행 중이 아닌 { $name }에 연결됨
limit-on-loose-interface = { $address }  연결되지 않은 네트워크 인터페이스 { $interface }에 연결됨
limit-none-idle = 유휴 주소가 없습니다. 필요 없는 주소를 릴리스하거나 Service Quotas에서 한도 증가를 요청하십시오.
limit-use-idle = 위의 주소를 사용하거나(탄력적 IP 창에서 a 키) 릴리스하거나(d 키) Service Quotas에서 한도 증가를 요청하십시오.

## 연결
associate-title = { $address } 주소를 어느 인스턴스에 연결할까요?
associate-behind-title = { $name }의 어느 프라이빗 주소에 연결할까요?
associate-no-instance = 이 리전에는 인스턴스가 없습니다.
associate-note-has = { $state }  현재 { $address }
associate-note-behind-has = { $interface }  현재 { $address }
associate-move-title = { $address } 주소를 { $name }에 연결할까요?
associate-from-to = 사용 중인 주소입니다. { $from }에서 { $to }(으)로 옮겨집니다.
associate-displaces = { $address } 주소는 { $name }에서 해제되어 유휴 상태가 되며 비용이 계속 발생합니다.
associate-in-use-somewhere = EC2에 따르면 이 주소나 연결할 곳이 이미 사용 중입니다. 어디에 쓰이는지는 목록에 보이지 않습니다.
associate-there = { $address } 주소는 이미 { $name }에 연결되어 있습니다.
address-loses = { $name }에서 이 주소가 해제됩니다. 다른 퍼블릭 주소가 할당되는지는 서브넷 설정에 따라 다릅니다.
address-private-stays = 프라이빗 주소 { $address }은(는) 그대로입니다.
address-is-gone = { $address } 주소는 더 이상 이 리전의 계정에 없습니다.
associate-not-visible = 아직 EC2에 { $address } 주소가 보이지 않습니다. 계정에 할당된 유휴 주소로 비용이 발생합니다. a 키로 연결합니다.
done-associate = { $name }에 { $address } 연결 완료. u 키로 되돌립니다.
done-associate-instead = { $name }에 { $address } 연결 완료(이전 { $before }). u 키로 되돌립니다.
task-associate = { $name }에 { $address } 연결 중
undo-associate = { $name }의 { $address } 연결

## 연결 해제
disassociate-title = { $name }에서 { $address } 주소의 연결을 해제할까요?
disassociate-costs = 탄력적 IP 주소는 계정에 남습니다. 유휴 상태가 되며 비용이 계속 발생합니다.
done-disassociate = { $name }에서 { $address } 해제 완료. 유휴, 비용이 계속 발생합니다. u 키로 되돌립니다.
task-disassociate = { $name }에서 { $address } 연결 해제 중
undo-disassociate = { $address } 주소를 { $name }에 다시 연결
detach-address-note = 탄력적 IP  프라이빗 { $address }

## 릴리스
release-title = { $address } 주소를 릴리스할까요?
release-is-final = 되돌릴 수 없습니다. 다른 사용자가 이 주소를 받을 수 있어 되찾기 어렵습니다.
release-takes-off = 현재 { $name }에 연결되어 있으므로 먼저 연결을 해제합니다.
release-left-idle = { $address } 주소를 릴리스하지 못했습니다. 계정에 남아 있으며 비용이 발생합니다.
release-not = { $address } 주소를 릴리스하지 못했습니다. 비용이 발생합니다.
release-unclear = { $address } 주소가 릴리스되었는지 알 수 없습니다.
release-not-terminated = { $name }이(가) 종료되지 않아 { $address } 주소를 릴리스하지 않았습니다.
release-not-terminated-unclear = { $name }의 종료 여부를 알 수 없어 { $address } 주소를 릴리스하지 않았습니다.
release-changed = 질문한 뒤에 { $address } 주소의 연결이 바뀌어 아무것도 변경하지 않았습니다.
release-moved = { $address } 주소는 이제 { $name }에 연결되어 있어 릴리스하지 않았습니다. 비용이 발생합니다.
release-unfinished = { $address } 주소가 아직 릴리스되지 않았습니다. 릴리스할 때까지 비용이 발생합니다.
done-release = { $address } 주소를 릴리스했습니다.
done-terminate-release = { $name }: 종료하는 중입니다. { $address } 주소를 릴리스했습니다.
task-release = { $address } 릴리스 중
terminate-also-release = { $address } 주소도 릴리스합니다. 되찾기 어렵습니다
terminate-also-release-several = 탄력적 IP 주소 { $n }개도 릴리스합니다. 되찾기 어렵습니다

## 인스턴스의 고정 주소
done-fixed-idle = { $name }의 고정 주소: { $address }(유휴였던 주소). u 키로 해제합니다.
done-fixed-new = { $name }의 고정 주소: { $address }(새 주소). u 키로 해제합니다.
fixed-failed = { $name }: 고정 주소를 연결하지 못했습니다.
fixed-not-ready = { $name }: 5분 안에 주소를 받을 준비가 되지 않았습니다.
fixed-instance-gone = { $name }: 종료되었거나 종료 중이어서 주소를 연결하지 않았습니다.
fixed-released-again = 할당했던 { $address } 주소를 다시 릴리스했습니다.
fixed-left-behind = 할당했던 { $address }({ $id }) 주소를 릴리스하지 못했습니다. 계정에 남아 비용이 발생합니다. 탄력적 IP 창에서 d 키로 릴리스합니다.
fixed-release-unclear = 할당했던 { $address }({ $id }) 주소가 릴리스되었는지 알 수 없습니다. 탄력적 IP 창에서 확인하십시오. 남아 있으면 비용이 발생하며 d 키로 릴리스합니다.
fixed-in-doubt = { $name }에 사용하려고 할당한 { $address }({ $id }) 주소가 연결되었는지 알 수 없어 릴리스하지 않았습니다. 비용이 발생합니다. 탄력적 IP 창에서 확인하십시오.
fixed-in-doubt-short = { $name }에 { $address } 주소가 연결되었는지 알 수 없습니다. 비용이 발생합니다.
fixed-unfinished = { $address } 주소는 이미 할당되어 비용이 발생하지만 아직 인스턴스에 연결되지 않았습니다.
task-fixed = { $name }에 고정 주소 연결 중
task-fixed-waits = { $name }이(가) 주소를 받을 수 있을 때까지 대기 중
undo-fixed-new = { $name }의 { $address } 연결. 주소는 남아 있으며 릴리스할 때까지 비용이 발생합니다

## 할 수 없는 이유
why-address-is-idle = 연결되어 있지 않습니다.
why-address-is-there = 이미 연결되어 있습니다
why-has-fixed-address = 이미 탄력적 IP { $address }이(가) 연결되어 있습니다.
why-gets-fixed-address = 고정 주소를 연결하는 중입니다.
