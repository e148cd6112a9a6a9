# 왜 접속되지 않나요? 화면과 키, 명령.

key-examine-again = 다시 확인
key-find-key = 둘 곳 보기
key-forget-host-key = 이전 호스트 키 지우기
key-rewrite-host = 항목 고쳐 쓰기
key-log-in-as = 로그인 사용자
key-convert-key = 변환

doctor-title = 왜 { $name }에 접속되지 않나요?
doctor-line = { $what }: { $said }
doctor-press = { $key } 키를 누르세요.
why-nothing-to-mend = 여기에는 이 키로 해결할 것이 없습니다.

task-examine = { $name } 확인 중
task-rewrite-host = 기억한 { $name } 호스트를 고쳐 쓰는 중
task-forget-host-key = { $name } 호스트 키를 지우는 중
done-rewrite-host = 기억한 { $name } 호스트의 주소는 이제 { $host }입니다.
done-forget-host-key = { $name }의 이전 호스트 키를 지웠습니다. 다음 접속 때 새 키를 콘솔 출력과 비교합니다.

find-key-title = { $name } 키 페어의 프라이빗 키
find-key-copy = { $name } 키 페어의 프라이빗 키 파일을 이 컴퓨터로 복사하세요. 파일 이름이 아니라 내용으로 찾으며, 찾는 폴더는 다음과 같습니다: { $folders }
find-key-lost = 잃어버렸다면 AWS에도 없으므로 다시 받을 수 없습니다. 다른 접속 방법(W)을 쓰거나 볼륨을 다른 서버로 옮길 수 있습니다.
find-key-again = 그런 다음 D 키로 다시 확인하세요.
