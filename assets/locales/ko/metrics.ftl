# CloudWatch 그래프와 인스턴스 목록의 CPU 사용률

key-metrics = 지표
key-longer-range = 더 길게
key-shorter-range = 더 짧게
key-range-hour = 1시간
key-range-six-hours = 6시간
key-range-day = 1일
key-range-week = 1주

column-cpu = CPU 1시간, CloudWatch
cpu-no-data = 데이터 없음
cpu-reading = 읽는 중
cpu-refused = 거부됨
sparklines-refused = CloudWatch가 CPU 사용률 요청을 거부했습니다. !를 누르면 이유를 볼 수 있습니다.

why-shortest-range = 가장 짧은 범위입니다.
why-longest-range = 가장 긴 범위입니다.
metrics-nothing-newer = CloudWatch에 아직 새 값이 없습니다. 값은 5분마다 집계됩니다.
metrics-bound-reached = 이번 1분 동안의 요청 한도에 도달했습니다. 여유가 생기면 바로 요청합니다.

metrics-title = { $name }의 지표
metrics-reading = CloudWatch에서 읽고 있습니다.
metrics-cpu = CPU 사용률
metrics-baseline = 기준 성능 { $percent }
metrics-no-baseline = { $type }의 기준 성능을 알 수 없음
metrics-balance = CPU 크레딧 밸런스
metrics-credit-use = CPU 크레딧 사용량
metrics-network-in = 네트워크 입력
metrics-network-out = 네트워크 출력
metrics-checks = 상태 검사
metrics-check-system = 시스템
metrics-check-instance = 인스턴스
metrics-checks-passed = 통과
metrics-checks-failed = 실패: 시스템 { $system }회, 인스턴스 { $instance }회
metrics-now = 현재 { $value }
metrics-most = 최대 { $value }
metrics-none = 이 범위에 데이터 없음
metrics-lasts = 최근 { $period } 사용률이면 소진되지 않음
metrics-empty-in = 최근 { $period } 사용률이면 { $time } 후 소진
metrics-used-up = 소진됨
metrics-surplus = 청구된 잉여 크레딧: { $n }
metrics-no-surplus = 청구된 잉여 크레딧 없음
metrics-surplus-never = 표준 모드: 잉여 크레딧 없음
metrics-surplus-no-data = 잉여 크레딧 데이터 없음
metrics-mode-standard = 크레딧을 모두 쓰면 기준 성능으로 느려지고 추가 비용은 없습니다(EC2에서 읽은 크레딧 모드: 표준).
metrics-mode-unlimited = 크레딧을 모두 써도 속도가 유지되며, 잉여 크레딧 비용이 발생할 수 있습니다(EC2에서 읽은 크레딧 모드: 무제한).
metrics-mode-reading = EC2에서 크레딧 모드를 읽고 있습니다.
metrics-mode-unknown = EC2가 크레딧 모드를 알려 주지 않았습니다.
metrics-mode-refused = 크레딧 모드를 알 수 없습니다. { $why }
metrics-partial = CloudWatch의 답이 전부가 아닙니다: { $note }
metrics-source = CloudWatch에서 { $time }에 지표 { $n }개를 요청했습니다. 값 하나는 { $period }에 해당합니다: CPU와 밸런스는 평균, 크레딧 사용량과 네트워크는 합계입니다. 시각은 UTC입니다. 기준 성능과 시간당 크레딧: EC2 사용 설명서.
metrics-again = 열려 있는 동안 { $again }마다 다시 읽습니다.
metrics-charged = 요청한 지표마다 AWS 비용이 발생하니 요금표를 확인하십시오. ec2deck을 시작한 뒤 { $total }개를 요청했습니다.
metrics-no-data = 아직 데이터 없음
metrics-empty-new = 새 인스턴스의 첫 값은 5~10분 뒤에 CloudWatch에 나타납니다.
metrics-empty-running = 이 범위에는 CloudWatch 값이 없습니다.
metrics-empty-stopped = 실행 중이 아닌 인스턴스에는 값이 없습니다. 더 긴 범위에는 이전 값이 있을 수 있습니다.
metrics-empty-gone = 인스턴스가 더 이상 없습니다.

help-metrics-title = CloudWatch
help-metrics-graphs = 그래프는 지표 { $few }개, CPU 크레딧이 있는 유형이면 { $many }개를 범위마다 한 번 요청하고, 열려 있는 동안 { $again }마다 다시 요청합니다.
help-metrics-rows = 확대한 목록은 화면에 보이는 실행 중인 행마다 지표 하나씩을 한꺼번에, { $again }마다 요청합니다.
help-metrics-uses = 새는 비용을 찾을 때는 리전에서 실행 중인 인스턴스마다 지표 하나씩, T 유형이면 두 개씩 요청하며, 많아야 한 시간에 한 번입니다. 새는 비용 목록에서 { $key } 키를 누르면 빨라야 1분 뒤에 다시 요청합니다.
help-metrics-bound = 모두 합쳐 1분에 요청 { $calls }번, 지표 { $metrics }개를 넘지 않습니다. 이 요청에는 AWS 비용이 발생하니 요금표를 확인하십시오.

problem-what-metrics = CloudWatch 지표를 읽지 못했습니다.
problem-what-credit-modes = 크레딧 모드를 읽지 못했습니다.
