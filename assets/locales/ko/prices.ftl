# What things cost: prices of AWS's Price List and the spot market, and what they come to.

price-unknown = 알 수 없음
price-at-least = 최소 { $amount }
price-unknown-because = 알 수 없음: { $why }
price-why-reading = 요금표를 읽는 중입니다.
price-why-not-read = 요금표를 아직 읽지 않았습니다.
price-why-not-listed = 요금표에 명확한 요금이 없습니다.
price-why-spot = 스팟 인스턴스는 계속 바뀌는 스팟 요금을 냅니다.
price-why-dedicated = 전용 하드웨어는 요금이 다릅니다.
price-why-no-operation = AWS가 어떤 시스템으로 청구하는지 알려 주지 않습니다.
price-why-volume = 볼륨, 볼륨 유형 또는 IOPS를 알 수 없습니다.
price-why-currency = 이 리전의 요금은 미국 달러가 아닙니다.
price-source-aws = 요금표 조회 { $date }
price-source-cache = { $date } 캐시의 요금
price-list-note = 온디맨드 정가, 세금·크레딧·프리 티어·할인 적용 전, 데이터 전송 제외.
price-not-newer = 지금은 요금표를 읽을 수 없습니다: { $why }
price-spot = 현재 스팟 시간당 { $price }부터 ({ $zone }, { $time } UTC 조회)
price-spot-reading = 스팟 요금을 읽는 중
price-spot-none = 스팟 요금 없음: 여기서는 제공되지 않습니다
price-spot-refused = 스팟 요금을 알 수 없음: { $why }
price-month = 월 약 { $amount }
price-month-at-least = 월 최소 { $amount } (요금 { $all }개 중 { $missing }개 알 수 없음)
price-month-unknown = 월 비용 알 수 없음
price-hour-and-month = 시간당 { $hour }, 월 약 { $month }

launch-type-column-price = 시간당 요금
launch-type-sort-price = 저렴한 순
review-cost = 비용
review-cost-parts = { $count ->
   *[other] { $count }개 실행 시: 인스턴스, 볼륨, 주소
}
review-cost-parts-no-address = { $count ->
   *[other] { $count }개 실행 시: 인스턴스, 볼륨
}

cost-heading = 비용
cost-hour = 시간당
cost-month = 월
cost-since-start = 시작 이후
cost-since-stop = 중지 이후
cost-machine = 인스턴스
cost-storage = 스토리지
cost-addresses = 퍼블릭 IPv4
cost-total = 합계
cost-estimate-start = 예상 금액입니다. 마지막 시작 이후 { $time }, 현재의 볼륨과 주소 기준입니다.
cost-estimate-stop = 예상 금액입니다. 중지 이후 { $time }, 현재의 볼륨과 주소 기준입니다.

problem-what-prices = 요금을 읽지 못했습니다.
problem-what-spot-prices = 스팟 요금을 읽지 못했습니다.
problem-what-write-prices = 요금을 디스크에 저장하지 못했습니다.
