# 비용 화면, 프리 티어, 헤더의 한 마디.

key-costs = 비용
key-account-kind = 계정 종류
costs-title = 비용
costs-not-asked = { $operation }: { $why }
header-credits = 크레딧 { $amount }
header-free-tier = 프리 티어 { $percent } %
header-free-tier-unknown = 프리 티어 ?

## 프리 티어
free-tier-heading = 프리 티어
free-tier-asking = AWS에 묻는 중
free-tier-billed-told = 유료 플랜이고 남은 크레딧이 없으며, AWS가 알려 준 무료 한도 사용도 없습니다. AWS가 알려 준 바로는 모든 사용량이 청구됩니다.
free-tier-billed-said = 이 계정은 모든 사용량이 청구된다고 직접 지정했습니다.
free-tier-said = 직접 지정: { $kind }. AWS는 알려 주지 않았습니다.
free-tier-none-told = AWS가 이 계정의 플랜도 프리 티어 사용량도 알려 주지 않습니다. 사용량은 쓰기 시작해야 나타나므로 이것만으로는 알 수 없습니다.
free-tier-unknown = 프리 티어가 얼마나 남았는지 알 수 없습니다.
free-tier-say-it = 어떤 계정인지 안다면 K를 누르세요. 시작 시각으로 예상치를 계산합니다.
free-tier-nothing-used = 이번 달 사용량으로 AWS가 알려 준 것이 없습니다. 사용량은 쓰기 시작해야 나타나므로 이것만으로는 알 수 없습니다.
free-tier-counted-note = 사용량: 모든 리전에 대한 AWS의 집계이며 몇 시간 늦습니다. 예상치는 이 리전에서 지금 실행 중인 것을 더한 값입니다. 날짜는 UTC 기준입니다.
free-tier-is-estimate = 이 리전에서 지금 실행 중인 것의 마지막 시작 시각으로 낸 예상치입니다. 그 전에 중지하거나 삭제한 것은 들어 있지 않습니다. 날짜는 UTC 기준입니다.
source-free-tier = AWS 프리 티어 API, { $time } UTC에 조회

plan-label = 플랜
plan-free = 무료 플랜
plan-paid = 유료 플랜
plan-other = 이 프로그램이 모르는 플랜
plan-not-started = 시작 전
plan-active = 사용 중
plan-expired = 만료됨
plan-status-other = 이 프로그램이 모르는 상태
plan-ends = { $day } 만료({ $in }일 남음)
plan-free-note = 무료 플랜에서 "프리 티어 사용 가능"은 시작할 수 있다는 뜻입니다. 실행하면 크레딧이 줄어듭니다.
credits-label = 크레딧
credits-left = { $amount } 남음
credits-unknown = 남은 금액을 알 수 없음
burn-label = 지금 실행 중
burn-unknown = 알 수 없음: 요금 정보 없음(아래 참조)
burn-per-day = 정가로 하루 { $amount }
burn-at-least = 최소 { $rate }, 요금을 알 수 없는 항목 { $n }개
credits-last-label = 크레딧 소진
credits-outlast-plan = 플랜 만료일({ $day })까지 남음
credits-gone = { $day }({ $in }일 후)
credits-never = 비용이 드는 것이 없으면 줄지 않음

meter-linux-hours = Linux 시간
meter-windows-hours = Windows 시간
meter-address-hours = 퍼블릭 IPv4 시간
meter-storage = EBS 스토리지
meter-of-hours = { $limit }시간 중 { $used }
meter-of-gib = { $limit } GiB-월 중 { $used }
meter-at-month-end = 월말 예상 { $sum }
meter-runs-out = { $day } 소진
meter-used-up = 모두 사용함

account-kind-title = 어떤 계정인가요?
account-kind-allowances = 월별 무료 한도(2025년 7월 15일 전에 만든 계정의 첫 12개월)
account-kind-credits = 크레딧(2025년 7월 15일 이후에 만든 계정)
account-kind-billed = 모든 사용량이 청구됨
account-kind-unknown = 모름

## 하나 더
confirm-start = 인스턴스 { $n }개를 시작할까요?
free-tier-more-over = { $meter }: 시작하면 월말까지 { $limit } 중 { $sum }, { $day } 소진.
free-tier-more-fits = { $meter }: 시작하면 월말까지 { $limit } 중 { $sum }.
free-tier-more-credits = 시작하면 정가로 하루 { $rate }: 크레딧이 { $was } 대신 { $day }까지 갑니다.
free-tier-more-credits-first = 시작하면 정가로 하루 { $rate }: 크레딧이 { $day }까지 갑니다.
free-tier-more-burn = 시작하면 정가로 하루 { $rate }.
free-tier-more-unpriced = 크레딧이 줄어듭니다. 요금 정보가 없어 얼마나 빨리 줄지는 알 수 없습니다.
free-tier-more-unknown = 요금을 알 수 없는 항목 { $n }개는 따로 더해집니다.
free-tier-more-address = 자동으로 할당될 수 있는 퍼블릭 IPv4 주소도 계산에 넣었습니다(인스턴스를 만들 때의 설정에 따라 다름).
setting-account-kind = "credits", "allowances", "billed" 중 하나여야 합니다.

## 리전
costs-region = { $region }에서 실행 중이거나 보관 중인 것
costs-region-empty = 비용이 드는 것이 없습니다.
costs-per-hour = 시간당
costs-per-month = 월(730시간)
costs-machines = 인스턴스
costs-volumes = 볼륨
costs-addresses = 퍼블릭 IPv4
costs-total = 합계
costs-see-leaks = M을 누르면 비용이 큰 순서로 보고 하나씩 끝낼 수 있습니다.

stop-erases-instance-store = 중지하면 인스턴스 스토어의 데이터는 지워집니다. EBS 볼륨은 남습니다.
free-tier-region-only = 다른 리전에서 실행 중인 것도 같은 크레딧을 쓰며, 이 계산에는 들어 있지 않습니다.
free-tier-burn-estimate = 정가와 지금 실행 중인 것으로 낸 예상치입니다. 날짜는 UTC 기준입니다.
why-no-allowance = 이 계정에는 월별 스토리지 무료 한도가 없습니다.
credits-gone-latest = 늦어도 { $day }({ $in }일 후)
meter-aws-expects = AWS 예상 { $sum }
meter-estimate = 예상치
free-tier-if = 월별 무료 한도가 있는 계정이라면(2025년 7월 15일 전에 만든 계정의 첫 12개월):
free-tier-gap-instances = 인스턴스 목록을 읽지 못해 실행 중인 것이 들어 있지 않습니다.
free-tier-gap-volumes = 볼륨 목록을 읽지 못해 스토리지가 들어 있지 않습니다.
free-tier-gap-types = 유형 정보를 읽지 못한 실행 중인 인스턴스 { $n }개는 들어 있지 않습니다.
free-tier-more-asking = 프리 티어가 얼마나 남았는지 아직 묻는 중입니다.
free-tier-more-if = 무엇이 무료인지 알 수 없습니다($ 참조). 월별 무료 한도가 있다면 시작 시각으로 본 예상: { $line }
free-tier-more-outlast = 시작하면 정가로 하루 { $rate }: 크레딧이 플랜 만료일({ $day })까지 남습니다.
costs-not-in-it = 제외: 스냅샷, 잉여 CPU 크레딧, 세부 모니터링, 로드 밸런서, NAT 게이트웨이, 다른 서비스의 비용.
