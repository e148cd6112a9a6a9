# 새는 비용: 하는 일 없이 비용이 드는 것과 그것을 끝내는 방법.

key-end-leak = 비용 중단

leaks-title = 새는 비용
leaks-sum = 한 달에 약 { $sum }
leaks-sum-at-most = 한 달에 최대 약 { $sum }
leaks-and-unknown = { $sum }, 비용을 알 수 없는 것 { $n }개
leaks-all-unknown = 비용을 알 수 없는 것 { $n }개
leaks-none = 하는 일 없이 비용이 드는 것을 찾지 못했습니다.
leaks-none-so-far = 지금까지 찾은 것이 없습니다.
leaks-source = 요금: AWS 요금표(온디맨드), { $when }에 조회. 한 달은 730시간입니다. 세금, 크레딧, Savings Plans 적용 전입니다.
leaks-source-cache = 요금: AWS 요금표(온디맨드), { $when }에 이 컴퓨터에 저장된 캐시. 한 달은 730시간입니다. 세금, 크레딧, Savings Plans 적용 전입니다.
leaks-source-none = 요금 정보가 없어 비용을 알 수 없습니다.

leak-idle-address = 연결되지 않은 탄력적 IP 주소
leak-address-on-stopped = 중지된 { $name }의 탄력적 IP 주소
leak-address-on-loose-interface = 연결되지 않은 네트워크 인터페이스 { $interface }의 탄력적 IP 주소
leak-loose-volume = 연결되지 않은 볼륨, { $size } GiB
leak-orphan-snapshot = 없어진 AMI { $image }의 스냅샷
leak-stopped-volumes = 중지됨, 볼륨 { $n }개의 비용이 계속 발생
leak-stopped-days = { $days }일째 중지됨, 볼륨 비용이 계속 발생
leak-stopped-long = 장기간({ $days }일째) 중지됨, 볼륨 비용이 계속 발생
leak-idle-instance = 유휴: 7일 중 최고 1시간 CPU { $percent } % (CloudWatch)
leak-old-type = { $old }은(는) 이전 세대, { $new }이(가) 더 쌉니다
leak-surplus = { $days }일 동안 청구된 잉여 CPU 크레딧 { $credits } (CloudWatch)

leak-month = { $amount }
leak-at-most = 최대 { $amount }
leak-estimate = 약 { $amount }
leak-unknown = 알 수 없음
leak-why-loading = 요금표를 읽는 중
leak-why-no-prices = 요금표를 읽지 못함
leak-why-not-listed = AWS 요금표에 없음
leak-why-size = 크기 또는 IOPS를 읽지 못함
leak-why-spot = 스팟: 정가가 아님
leak-why-dedicated = 전용 하드웨어: 정가가 아님
leak-why-own-pool = 자체 주소 풀: 정가가 아님
leak-why-archived = 아카이브: 정가가 아님
leak-why-no-operation = 어떤 시스템으로 청구되는지 AWS가 알려 주지 않음
leak-why-currency = 이 리전의 요금은 미국 달러가 아님

leak-basis-list = 한 달 내내 유지할 때의 정가입니다.
leak-basis-at-most = 최대값: 스냅샷에는 이전 스냅샷에 없는 부분만 저장되며, 그 크기는 AWS가 알려 주지 않습니다.
leak-basis-estimate = 예상: 최근 { $days }일의 비용이 한 달 이어질 때의 값입니다.
leak-basis-saving = 정가로 { $new }(으)로 한 달에 줄어드는 비용입니다.

leak-end-release = x 릴리스
leak-end-delete = x 삭제
leak-end-terminate = x 인스턴스 종료
leak-end-stop = x 중지
leak-end-change = x 유형 변경
leak-end-standard = x 표준 크레딧으로 변경

leak-blind-because = 찾지 못한 것: { $what }. 이유: { $why }
leak-blind-loading = 아직 찾는 중: { $what }
leak-blind-instances = 인스턴스
leak-blind-addresses = 탄력적 IP 주소
leak-blind-interfaces = 연결되지 않은 네트워크 인터페이스의 탄력적 IP 주소
leak-blind-volumes = 볼륨
leak-blind-snapshots = 스냅샷
leak-blind-images = AMI(그래서 남은 스냅샷을 가릴 수 없음)
leak-blind-types = 이전 세대 유형
leak-blind-prices = 요금
leak-blind-uses = 유휴 인스턴스와 잉여 크레딧
leak-blind-modes = 무제한 모드(그래서 잉여 크레딧을 알 수 없음)

leak-volume-goes = 함께 삭제됨: { $id }, { $size } GiB, { $device }
leak-volume-stays = 남아서 비용이 계속 발생: { $id }, { $size } GiB, { $device }

why-no-leak = 끝낼 비용이 없습니다.
why-type-changes = 유형을 변경하는 중입니다.

delete-volume-title = 볼륨 { $id }을(를) 삭제할까요?
delete-volume-is = { $zone }의 { $size } GiB, 아무 데도 연결되지 않았습니다.
delete-volume-final = 되돌릴 수 없습니다. 들어 있는 모든 것이 사라집니다.
delete-volume-created = { $day }에 만들어졌습니다.
delete-volume-from = 스냅샷 { $snapshot }에서 만들어졌습니다. 그 뒤에 쓴 것은 여기에만 있습니다.
delete-volume-from-nothing = 빈 볼륨으로 만들어졌습니다. 들어 있는 것은 여기에만 있습니다.
delete-volume-keep-first = 먼저 사본을 남기려면: { $command }
task-delete-volume = { $id } 삭제 중
done-delete-volume = { $id }을(를) 삭제했습니다.
delete-unclear = { $id }이(가) 삭제되었는지 아직 알 수 없습니다.

delete-snapshot-title = 스냅샷 { $id }을(를) 삭제할까요?
delete-snapshot-is = { $size } GiB 볼륨의 스냅샷입니다.
delete-snapshot-image = 없어진 { $image }을(를) 위해 만들어졌고, 이 계정의 어떤 AMI도 사용하지 않습니다.
delete-snapshot-final = 되돌릴 수 없습니다. 이 스냅샷으로 만든 볼륨은 그대로 남습니다.
task-delete-snapshot = { $id } 삭제 중
done-delete-snapshot = { $id }을(를) 삭제했습니다.

change-type-title = { $name }을(를) { $new }(으)로 바꿀까요?
change-type-from-to = { $old }에서 { $new }(으)로 바뀝니다.
change-type-stops = 중지했다가 다시 시작합니다. 사용 중인 접속은 몇 분 동안 끊어집니다.
change-type-boot = 오래된 시스템은 새 유형에서 시작되지 않을 수 있습니다(ENA와 NVMe 드라이버 필요). 그러면 이전 유형으로 되돌릴 수 있습니다.
change-type-standard = CPU 크레딧은 표준 모드로 유지됩니다. 다 쓰면 느려질 뿐 청구되지 않습니다.
change-type-unlimited = CPU 크레딧은 무제한 모드로 유지됩니다. 다 쓰면 추가로 청구될 수 있습니다.
change-type-not-in-this-state = { $name }의 상태가 바뀌는 중입니다. 아무것도 바꾸지 않았습니다.
change-type-so-far = { $name }은(는) 지금 { $kind }입니다.
change-type-is-old-again = { $name }은(는) 다시 { $kind }입니다.
change-type-offer-old = 실행되지 않습니다. 예를 고르면 이전 유형으로 되돌리고 시작합니다.
change-type-old-title = { $name }을(를) { $kind }(으)로 되돌릴까요?
change-type-start-title = { $name }을(를) { $kind }(으)로 시작할까요?
change-type-mode-not-set = 크레딧 모드를 설정하지 못했습니다. 무제한이면 크레딧을 다 쓴 뒤 청구될 수 있습니다.
change-type-unfinished = { $name }이(가) 중지되었거나 중지 중이며 유형을 변경하고 있습니다.
task-change-type = { $name }을(를) { $kind }(으)로 변경 중
done-change-type = { $name }이(가) { $kind }(으)로 실행됩니다.
done-change-type-at = { $name }이(가) { $kind }(으)로 { $address }에서 실행됩니다.
done-change-type-stopped = { $name }은(는) 이제 { $kind }이고 중지되어 있습니다.
done-change-type-no-mode = { $name }은(는) 이제 { $kind }이고 중지되어 있습니다. 크레딧 모드를 설정하지 못했습니다. 무제한이면 크레딧을 다 쓴 뒤 청구될 수 있습니다. { $why }
done-change-type-mode-unclear = { $name }은(는) 이제 { $kind }이고 중지되어 있습니다. 크레딧 모드가 설정되었는지 알 수 없습니다. 무제한이면 크레딧을 다 쓴 뒤 청구될 수 있습니다.

credits-standard-title = { $name }의 CPU 크레딧을 표준으로 바꿀까요?
credits-standard-slows = 크레딧을 다 쓰면 추가로 청구되는 대신 기준 성능으로 느려집니다.
credits-standard-charged = 아직 갚지 않은 잉여 크레딧은 바로 청구됩니다.
task-credits-standard = { $name }을(를) 표준 크레딧으로 변경 중
done-credits-standard = { $name }은(는) 이제 표준 크레딧입니다. 추가로 청구되지 않습니다.

problem-what-snapshots = 스냅샷을 읽지 못했습니다.
problem-what-delete-volume = 볼륨을 삭제하지 못했습니다.
problem-what-delete-snapshot = 스냅샷을 삭제하지 못했습니다.
problem-what-change-type = 인스턴스 유형을 바꾸지 못했습니다.
problem-what-credit-mode = 크레딧 모드를 바꾸지 못했습니다.
code-volume-not-found = 볼륨이 없습니다.
code-volume-in-use = 볼륨이 이제 인스턴스에 연결되어 있습니다.
code-volume-in-use-next = r로 새로 고치세요. 삭제하려면 먼저 분리하세요.
code-snapshot-in-use = AMI가 이 스냅샷을 사용합니다.
code-snapshot-in-use-next = 먼저 AMI를 등록 취소하거나 둘 다 두세요.
key-leaks = 새는 비용
leaks-column-name = 이름
leaks-column-what = 내용
leaks-column-month = 한 달
