//! The terminal's events in the words of the loop.

use crossterm::event::{Event, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers};

use crate::keymap::{Key, KeyCode};
use crate::message::Message;

/// The message for an event; `None` for what the loop does not want to know: released keys, bare modifiers, the mouse,
/// the focus.
#[must_use]
pub fn message_of(event: Event) -> Option<Message> {
    match event {
        Event::Key(press) if press.kind != KeyEventKind::Release => key_of(press).map(Message::Key),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(columns, rows) => Some(Message::Resize { columns, rows }),
        Event::Key(_) | Event::Mouse(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

fn key_of(press: KeyEvent) -> Option<Key> {
    let mut ctrl = press.modifiers.contains(KeyModifiers::CONTROL);
    let mut alt = press.modifiers.contains(KeyModifiers::ALT);
    let shift = press.modifiers.contains(KeyModifiers::SHIFT);
    let code = match press.code {
        Code::Char(c) => {
            // AltGr arrives as Control and Alt on Windows; it makes signs such as `@`, never ASCII letters.
            if ctrl && alt && !c.is_ascii_alphabetic() {
                (ctrl, alt) = (false, false);
            }
            // Some terminals report Shift beside the plain letter.
            KeyCode::Char(if shift && c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c })
        }
        Code::Enter => KeyCode::Enter,
        Code::Esc => KeyCode::Esc,
        Code::Tab if shift => KeyCode::BackTab,
        Code::Tab => KeyCode::Tab,
        Code::BackTab => KeyCode::BackTab,
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Insert => KeyCode::Insert,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::F(number) => KeyCode::F(number),
        _ => return None,
    };
    Some(Key { code, ctrl, alt })
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyEventState, MouseEvent, MouseEventKind};

    use super::*;

    fn press(code: Code, modifiers: KeyModifiers, kind: KeyEventKind) -> Option<Message> {
        message_of(Event::Key(KeyEvent { code, modifiers, kind, state: KeyEventState::NONE }))
    }

    #[test]
    fn keys_arrive_with_their_modifiers() {
        let (none, control, alt, shift) =
            (KeyModifiers::NONE, KeyModifiers::CONTROL, KeyModifiers::ALT, KeyModifiers::SHIFT);
        for (code, modifiers, expected) in [
            (Code::Char('j'), none, (KeyCode::Char('j'), false, false)),
            (Code::Char('G'), shift, (KeyCode::Char('G'), false, false)),
            (Code::Char('g'), shift, (KeyCode::Char('G'), false, false)),
            (Code::Char('p'), control, (KeyCode::Char('p'), true, false)),
            (Code::Char('b'), alt, (KeyCode::Char('b'), false, true)),
            (Code::Char('@'), control | alt, (KeyCode::Char('@'), false, false)),
            (Code::Char('한'), none, (KeyCode::Char('한'), false, false)),
            (Code::Tab, shift, (KeyCode::BackTab, false, false)),
            (Code::BackTab, shift, (KeyCode::BackTab, false, false)),
            (Code::Left, control, (KeyCode::Left, true, false)),
            (Code::F(1), none, (KeyCode::F(1), false, false)),
        ] {
            let (expected, ctrl, alt) = expected;
            let message = press(code, modifiers, KeyEventKind::Press);
            assert_eq!(message, Some(Message::Key(Key { code: expected, ctrl, alt })), "{code:?} {modifiers:?}");
        }
    }

    #[test]
    fn a_held_key_repeats_and_a_released_one_says_nothing() {
        assert!(press(Code::Down, KeyModifiers::NONE, KeyEventKind::Repeat).is_some());
        assert_eq!(press(Code::Down, KeyModifiers::NONE, KeyEventKind::Release), None);
    }

    #[test]
    fn pastes_and_sizes_pass_and_the_rest_does_not() {
        assert_eq!(message_of(Event::Paste("a\nb".to_owned())), Some(Message::Paste("a\nb".to_owned())));
        assert_eq!(message_of(Event::Resize(80, 24)), Some(Message::Resize { columns: 80, rows: 24 }));
        let mouse = MouseEvent { kind: MouseEventKind::Moved, column: 0, row: 0, modifiers: KeyModifiers::NONE };
        for event in [Event::Mouse(mouse), Event::FocusGained, Event::FocusLost] {
            assert_eq!(message_of(event), None);
        }
    }
}
