# 인스턴스가 저절로 중지되거나 종료되는 때.

key-auto-stop = 자동 중지
column-auto-stop = 자동 중지
page-copied = 복사했습니다.

# 입력하는 시각
auto-stop-when-placeholder = 4h, 90m, 1h30 또는 23:00
auto-stop-when-hint = 얼마 뒤(4h, 90m, 1시간 30분, 2d), 이 컴퓨터 시계의 시각(23:00), 또는 날짜(2026-11-25 09:00).
auto-stop-when-empty = 언제입니까? 예: 4h 또는 23:00.
auto-stop-when-no-unit = 시간입니까, 분입니까? 4h 또는 4m으로 쓰십시오.
auto-stop-when-unknown = 시각이 아닙니다. 4h, 90m, 1h30, 23:00 또는 2026-11-25 09:00처럼 쓰십시오.
auto-stop-when-too-soon = 지금부터 적어도 { $minutes }분 뒤여야 합니다.
auto-stop-when-too-far = 1년 안이어야 합니다.
auto-stop-when-past = 이미 지난 시각입니다.
auto-stop-moment = { $time }, { $wait } 뒤
auto-stop-when-both = { $time } ({ $utc })
auto-stop-span = { $larger } { $smaller }
auto-stop-stops-at = { $time }에 저절로 중지
auto-stop-terminates-at = { $time }에 종료(삭제)

# 인스턴스 시작
launch-details-auto-stop = 자동 중지
launch-details-auto-stop-stop = 중지
launch-details-auto-stop-terminate = 종료(삭제)
launch-details-auto-stop-hint = 사용자 데이터로 서버 안에 타이머를 둡니다. cloud-init이 있는 이미지(Windows는 EC2Launch)와 정상 동작하는 서버가 필요합니다.
launch-details-auto-stop-when = 언제
launch-auto-stop-missing = 3단계: 언제 중지할지 입력하십시오.
launch-auto-stop-tags = 5단계: 자동 중지를 쓰면 태그는 { $most }개까지입니다.
launch-auto-stop-shutdown-stop = 자동 중지를 위해 중지로 보냅니다.
launch-auto-stop-shutdown-terminate = 자동 중지를 위해 종료로 보냅니다.
auto-stop-stop-note = 중지된 서버는 시간 요금이 없습니다. 볼륨과 탄력적 IP는 계속 비용이 발생합니다.
auto-stop-terminate-note = 종료하면 되돌릴 수 없습니다. 서버와 함께 삭제되는 볼륨도 사라집니다.
auto-stop-terminate-protected-note = 종료하면 되돌릴 수 없습니다. 안에서 시스템을 끄는 것이므로 종료 방지로 막을 수 없습니다.
review-user-data-timer = 사용자 데이터: 자동 중지 타이머, { $bytes }바이트
review-user-data-both = 사용자 데이터: 자동 중지 타이머와 내 파일, { $bytes }바이트
review-auto-stop-depends = 타이머는 서버 안에 있고 서버가 동작해야 합니다
review-auto-stop-too-near = 자동 중지 시각이 너무 가깝습니다. 3단계로 돌아가 다시 정하십시오.
timer-windows = Windows에서는 타이머와 내 스크립트를 함께 쓸 수 없습니다. 하나를 빼거나, 서버가 생긴 뒤 A 키로 자동 중지를 정하십시오.
timer-compressed = 압축된 파일이라 타이머를 함께 넣을 수 없습니다. 먼저 압축을 푸십시오.
timer-binary = 일반 텍스트(UTF-8) 파일이 아니라 타이머를 함께 넣을 수 없습니다.
timer-unknown-kind = 첫 줄이 #!/bin/sh나 #cloud-config처럼 cloud-init이 아는 줄이 아니라 타이머를 함께 넣을 수 없습니다.
timer-odd-mime = MIME 파일이지만 헤더로 시작하지 않아 타이머를 함께 넣을 수 없습니다.
timer-too-large = 내 파일({ $own }바이트)과 타이머를 합치면 { $total }바이트입니다. EC2는 { $most }바이트까지 받습니다.

# 대화 상자
auto-stop-title = { $name } 자동 중지
auto-stop-field-what = 동작
auto-stop-what-stop = 중지
auto-stop-what-terminate = 종료(삭제)
auto-stop-what-off = 해제
auto-stop-field-when = 언제
auto-stop-field-how = 방법
auto-stop-how-scheduler = EventBridge Scheduler
auto-stop-how-command = 서버에서 실행할 명령
auto-stop-how-explain = 어떤 역할이 필요합니까?
auto-stop-field-role = 역할 ARN
auto-stop-role-placeholder = arn:aws:iam::123456789012:role/ec2deck-auto-stop
auto-stop-role-hint = EventBridge Scheduler가 사용할 IAM 역할입니다. 방법에서 "어떤 역할이 필요합니까?"를 고르면 설명합니다.
auto-stop-role-missing = 역할이 없으면 AWS가 거부합니다. 위에서 "어떤 역할이 필요합니까?" 또는 서버에서 실행할 명령을 고르십시오.
auto-stop-role-wrong = 역할의 ARN은 arn:aws:iam::123456789012:role/NAME 모양입니다.
auto-stop-role-partition = 이 리전의 역할 ARN은 arn:{ $partition }:로 시작합니다.
auto-stop-role-account = 이 계정 { $account }의 역할이어야 합니다.
auto-stop-note-server = 서버 안의 타이머도 있습니다: { $what }. 예약이 이를 대신하지 않습니다.
auto-stop-note-scheduled = 지금 예약: { $what }. 새 예약이 이를 대신합니다.
auto-stop-note-other = 누군가 이 예약을 바꾸었습니다: { $expression }. 새 예약이 이를 대신합니다.
auto-stop-note-no-schedule = 태그에는 있지만 EventBridge Scheduler에는 예약이 없습니다.
auto-stop-note-unread = 예약을 읽지 못했습니다: { $why }.
auto-stop-off-note = 예약과 태그를 삭제합니다. 서버 안의 타이머는 서버에서만 해제할 수 있으며, 그 명령을 알려 드립니다.
auto-stop-explain-note = Enter를 누르면 역할의 용도와 만드는 명령을 보여 줍니다.
auto-stop-command-note = Enter를 누르면 명령을 복사합니다. 서버에서 직접 실행하십시오. AWS에서는 아무것도 바뀌지 않고 목록에도 남은 시간이 나오지 않습니다.
auto-stop-stop-costs = 중지된 서버는 시간 요금이 없습니다. 볼륨과 탄력적 IP는 계속 비용이 발생하고, 자체 퍼블릭 주소는 바뀝니다.
auto-stop-terminate-final = 종료하면 되돌릴 수 없습니다. 서버와 함께 삭제되는 볼륨도 사라집니다.
auto-stop-shutdown-asking = 이 서버의 종료 방식을 알아보는 중입니다.
auto-stop-shutdown-stops = 시스템을 끄면 이 서버는 중지되고 다시 시작할 수 있습니다.
auto-stop-shutdown-terminates = 종료 방식이 종료라서 시스템을 끄면 이 서버는 삭제됩니다. 되돌릴 수 없습니다.
auto-stop-shutdown-terminates-too = 종료 방식에 따라 시스템을 끄면 이 서버는 종료(삭제)됩니다.
auto-stop-shutdown-only-stops = 종료 방식에 따라 시스템을 꺼도 이 서버는 중지될 뿐 종료(삭제)되지 않습니다.
auto-stop-shutdown-unknown = 이 서버의 종료 방식을 읽지 못했습니다. 삭제될 수도 있습니다.
auto-stop-command-title = 서버에서 실행할 명령
auto-stop-command-run = { $name }에서 이 명령을 실행하면 { $wait } 뒤에 꺼집니다:
auto-stop-command-now = 실행한 때부터 셉니다. 명령은 복사되었습니다.
auto-stop-command-limits = 재부팅하면 사라지고, 서버가 동작해야 합니다. sudo shutdown -c(Windows는 shutdown /a)로 취소합니다.

auto-stop-role-title = EventBridge Scheduler의 역할
auto-stop-role-why = 그 시각에 서버를 중지하는 것은 AWS이며, 계정의 역할로 실행합니다. 역할이 없으면 AWS가 예약을 거부합니다.
auto-stop-role-trust = 이 역할은 scheduler.amazonaws.com을, 이 계정의 예약에 대해서만 신뢰합니다.
auto-stop-role-may = 이 리전의 인스턴스를 중지하고 종료할 수만 있습니다.
auto-stop-role-pass = 나에게는 scheduler:CreateSchedule과 이 역할에 대한 iam:PassRole 권한이 필요합니다.
auto-stop-role-copy = y 키로 아래 명령을 복사합니다. 마지막 명령이 입력할 ARN을 알려 줍니다.

# 작업
task-auto-stop = { $name }의 자동 중지를 정하는 중
task-auto-stop-off = { $name }의 자동 중지를 해제하는 중
auto-stop-confirm-title = 그 시각에 { $name }을(를) 종료(삭제)할까요?
auto-stop-protected = 종료 방지가 켜져 있습니다. 그때까지 끄지 않으면 AWS가 종료를 거부합니다.
auto-stop-protection-unknown = 종료 방지가 켜져 있는지 읽지 못했습니다.
auto-stop-done = { $name }: { $what }. u 키로 되돌립니다.
auto-stop-done-for-good = { $name }: { $what }. 이전 예약을 알 수 없어 u 키로 되돌릴 수 없습니다.
auto-stop-untagged = { $name }: { $what }. 태그를 붙이지 못해 다른 사람에게는 보이지 않습니다.
auto-stop-role-forgotten = { $name }: { $what }. 역할을 기억하지 못했습니다.
auto-stop-undo = { $name }의 자동 중지
auto-stop-off-undo = { $name }의 자동 중지 해제
auto-stop-off-done = { $name }의 자동 중지를 해제했습니다. u 키로 되돌립니다.
auto-stop-off-for-good = { $name }의 자동 중지를 해제했습니다.
auto-stop-off-no-schedule = 예약은 이미 없었습니다. { $name }의 태그만 지웠습니다.
auto-stop-off-tag-stays = { $name }의 일정은 삭제했지만 태그를 지우지 못해 다른 사람에게는 그대로 보입니다. { $why } A로 다시 시도할 수 있습니다.
auto-stop-off-mark = { $name }의 표시를 지웠습니다.
auto-stop-off-nothing = { $name }에는 예약이 없습니다.
auto-stop-server-title = { $name }의 타이머를 해제했습니까?
auto-stop-server-why = 이 타이머는 서버 안에 있어 밖에서 해제할 수 없습니다. 서버에서 이 명령을 실행하십시오(복사되었습니다):
auto-stop-server-command = { $command }
auto-stop-server-yes = 예: 실행했으므로 표시를 지웁니다. 아니요: 표시와 타이머가 남습니다.
auto-stop-server-stays = { $name }의 타이머는 서버에서 명령을 실행할 때까지 남습니다.

# 목록과 세부 정보
auto-stop-list-stop = { $wait } 뒤 중지
auto-stop-list-terminate = { $wait } 뒤 종료
auto-stop-list-stop-short = 중지 { $wait }
auto-stop-list-terminate-short = 종료 { $wait }
auto-stop-list-overdue-stop = { $late } 전에 중지되었어야 함
auto-stop-list-overdue-terminate = { $late } 전에 종료되었어야 함
auto-stop-list-overdue-short = { $late } 지남
auto-stop-list-gone = 예약 없음
details-auto-stop = 자동 중지
details-auto-stop-at = { $said }  { $time }
details-auto-stop-server = 서버 안의 타이머
details-auto-stop-scheduler = EventBridge Scheduler
details-auto-stop-unchecked = 태그에 따르면 EventBridge Scheduler, 확인하지 않음
details-auto-stop-gone = 태그에는 있지만 예약이 없습니다
details-auto-stop-by = 정한 사람: { $name }

# 잘못될 수 있는 것
problem-what-schedule = 자동 중지를 예약하지 못했습니다.
problem-what-unschedule = 예약을 삭제하지 못했습니다.
problem-what-schedules = 예약을 읽지 못했습니다.
problem-pass-role = 이 역할을 EventBridge Scheduler에 넘길 권한(iam:PassRole)이 없습니다.
problem-scheduler-unreachable = EventBridge Scheduler({ $host })에 연결할 수 없습니다. 일부 리전에는 이 서비스가 없습니다.
problem-schedule-instead = 권한을 요청하거나, 방법에서 권한이 필요 없는 "서버에서 실행할 명령"을 고르십시오.
code-schedule-conflict = 같은 이름의 예약이 이미 있거나 지금 바뀌고 있습니다.
code-schedule-conflict-next = 잠시 뒤 다시 시도하십시오.
code-schedule-gone = 예약이 없습니다. 이미 실행되었거나 누군가 삭제했습니다.
code-schedule-role = EventBridge Scheduler가 이 역할을 사용할 수 없습니다.
code-schedule-role-next = 역할이 scheduler.amazonaws.com을 신뢰해야 합니다. 방법의 "어떤 역할이 필요합니까?"에서 만드는 법을 보십시오.
setting-role = 여기에는 그 계정에 속한 역할의 ARN이 와야 합니다
