//! The script for Linux: plain POSIX sh, since nobody knows the image.
//!
//! What it leaves on the server is one program that shuts it down, once, and something that starts that program:
//! - with systemd a timer (`OnCalendar` takes UTC from systemd 219 on, which is what the oldest images in use have);
//! - without it a line for cron, every minute, that does nothing until the time has come. It acts within three minutes
//!   of that time and never later, so that it is no more persistent than the timer;
//! - without either something that waits in the background, which does not outlive a reboot and says so.
//!
//! The program checks that it is still on the server that it was made for: an image of the server carries it along.

use crate::domain::auto_stop::AutoStop;

/// The script.
pub(super) fn script(auto_stop: &AutoStop) -> String {
    SCRIPT
        .replace("{WORD}", auto_stop.ending.word())
        .replace("{CALENDAR}", &auto_stop.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
        .replace("{EPOCH}", &auto_stop.at.as_second().to_string())
}

const SCRIPT: &str = r#"#!/bin/sh
# ec2deck auto-stop ({WORD}): shuts this server down at {CALENDAR}.
# Take it off with: sudo /usr/local/sbin/ec2deck-auto-stop off
umask 022
me=$(cat /var/lib/cloud/data/instance-id 2>/dev/null)
mkdir -p /usr/local/sbin
cat >/usr/local/sbin/ec2deck-auto-stop <<END
#!/bin/sh
at={EPOCH}
me='$me'
END
cat >>/usr/local/sbin/ec2deck-auto-stop <<'END'
off() {
    rm -f /etc/cron.d/ec2deck-auto-stop
    if [ -d /run/systemd/system ]; then systemctl disable ec2deck-auto-stop.timer; fi
}
if [ "$1" = off ]; then
    off
    if [ -d /run/systemd/system ]; then systemctl stop ec2deck-auto-stop.timer; fi
    exit
fi
now=$(date +%s)
[ "$now" -ge "$at" ] || exit 0
off
# Of an image of the server, or too late: then somebody has started it since.
[ "$(cat /var/lib/cloud/data/instance-id 2>/dev/null)" = "$me" ] || exit 0
[ "$1" = late ] || [ "$now" -lt $((at + 180)) ] || exit 0
if [ -d /run/systemd/system ]; then systemctl poweroff; else shutdown -P now || poweroff; fi
END
chmod 755 /usr/local/sbin/ec2deck-auto-stop
if [ "$(date +%s)" -ge {EPOCH} ]; then
    # The first start has taken longer than that.
    exec /usr/local/sbin/ec2deck-auto-stop late
elif [ -d /run/systemd/system ]; then
    cat >/etc/systemd/system/ec2deck-auto-stop.service <<'END'
[Unit]
Description=ec2deck auto-stop

[Service]
Type=oneshot
ExecStart=/bin/sh /usr/local/sbin/ec2deck-auto-stop
END
    cat >/etc/systemd/system/ec2deck-auto-stop.timer <<'END'
[Unit]
Description=ec2deck auto-stop

[Timer]
OnCalendar={CALENDAR}
AccuracySec=1s

[Install]
WantedBy=timers.target
END
    systemctl daemon-reload
    systemctl enable ec2deck-auto-stop.timer
    systemctl start ec2deck-auto-stop.timer
elif [ -d /etc/cron.d ]; then
    echo '* * * * * root /bin/sh /usr/local/sbin/ec2deck-auto-stop' >/etc/cron.d/ec2deck-auto-stop
else
    echo 'ec2deck: no systemd and no cron here: the auto-stop does not outlive a reboot'
    (sleep $(({EPOCH} - $(date +%s))); exec /bin/sh /usr/local/sbin/ec2deck-auto-stop) >/dev/null 2>&1 &
fi
"#;
