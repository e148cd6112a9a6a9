//! The script for Windows: EC2Launch runs it at the first start. It leaves a task of the Task Scheduler with one start
//! in UTC, which outlives reboots; a start that was missed is not made up for (`StartWhenAvailable` is off).
//! An image of the server would carry the task along.

use crate::domain::auto_stop::AutoStop;

/// The script.
pub(super) fn script(auto_stop: &AutoStop) -> String {
    SCRIPT
        .replace("{WORD}", auto_stop.ending.word())
        .replace("{TIME}", &auto_stop.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

const SCRIPT: &str = r#"<powershell>
# ec2deck auto-stop ({WORD}): shuts this server down at {TIME}.
# Take it off with: schtasks /Delete /TN ec2deck-auto-stop /F
$shutdown = "$env:SystemRoot\System32\shutdown.exe"
$trigger = New-ScheduledTaskTrigger -Once -At '{TIME}'
# With its Z the time is UTC, whatever the zone of the server becomes.
$trigger.StartBoundary = '{TIME}'
$action = New-ScheduledTaskAction -Execute $shutdown -Argument '/s /f /t 30'
$principal = New-ScheduledTaskPrincipal -UserId 'SYSTEM' -LogonType ServiceAccount -RunLevel Highest
Register-ScheduledTask -TaskName 'ec2deck-auto-stop' -Trigger $trigger -Action $action -Principal $principal -Force
if ((Get-Date).ToUniversalTime() -ge [DateTimeOffset]::Parse('{TIME}').UtcDateTime) {
    # The first start has taken longer than that.
    & $shutdown /s /f /t 30
}
</powershell>
"#;
