use super::*;
use crate::app::launch::sample::{self, Bench, key, now, problem};
use crate::app::remote::Remote;
use crate::keymap::resolve;
use crate::message::Read;

/// Presses keys as the flow does.
fn press(step: &mut ImageStep, bench: &mut Bench, keys: &[&str]) {
    for name in keys {
        bench.with(|world| match resolve(step.context(), key(name)) {
            Some(Action::Leave) => {
                step.leave_filter(world);
            }
            Some(Action::NextStep) => {
                if !step.takes_enter(world) {
                    step.check(world);
                }
            }
            Some(action) => step.act(action, world),
            None => step.press(key(name), world),
        });
    }
}

fn entered(bench: &mut Bench) -> ImageStep {
    let mut step = ImageStep::new();
    bench.with(|world| step.enter(world));
    step
}

fn id_of(step: &ImageStep, bench: &Bench) -> Option<String> {
    step.chosen(&bench.catalog).map(|image| image.id.to_string())
}

#[test]
fn amazon_linux_is_chosen_from_the_start() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    assert_eq!(id_of(&step, &bench).as_deref(), Some("ami-al2023"));
    assert!(bench.with(|world| step.check(world)));
}

#[test]
fn families_that_the_region_lacks_are_shown_and_passed_by() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    let rows = step.rows(&bench.catalog);
    assert_eq!(rows.len(), QuickStart::ALL.len());
    let debian = rows.iter().find(|row| row.family == Some(QuickStart::Debian13)).unwrap();
    assert_eq!(debian.image, Err(Absence::NotInRegion));
    press(&mut step, &mut bench, &["j", "j"]);
    assert_eq!(step.chosen_family(), Some(QuickStart::AmazonLinux2), "Ubuntu 22.04 and Debian are passed by");
    press(&mut step, &mut bench, &["G", "j"]);
    assert_eq!(step.chosen_family(), Some(QuickStart::Windows2025), "Windows 2022 is not there");
    press(&mut step, &mut bench, &["g", "k"]);
    assert_eq!(step.chosen_family(), Some(QuickStart::AmazonLinux2023));
}

#[test]
fn without_amazon_linux_the_first_family_there_is_the_default() {
    let mut bench = Bench::full();
    let images = bench.catalog.quick_start.get_mut(&Architecture::X86_64).unwrap();
    images.value.as_mut().unwrap().retain(|(family, _)| *family != QuickStart::AmazonLinux2023);
    let step = entered(&mut bench);
    assert_eq!(id_of(&step, &bench).as_deref(), Some("ami-ubuntu"));
}

#[test]
fn the_other_architecture_has_images_of_its_own() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    press(&mut step, &mut bench, &["G", "a"]);
    assert_eq!(step.architecture, Architecture::Arm64);
    assert_eq!(step.chosen_architecture(), Architecture::Arm64);
    assert_eq!(id_of(&step, &bench).as_deref(), Some("ami-al2023-arm"), "there is no Windows for arm64");
    let windows =
        step.rows(&bench.catalog).into_iter().find(|row| row.family == Some(QuickStart::Windows2025)).unwrap();
    assert_eq!(windows.image, Err(Absence::NotForArchitecture));
    press(&mut step, &mut bench, &["a"]);
    assert_eq!(step.chosen_architecture(), Architecture::X86_64);
}

#[test]
fn before_the_answer_nothing_is_chosen_and_enter_says_why() {
    let mut bench = Bench::new();
    let mut step = entered(&mut bench);
    assert_eq!(bench.reads(), [Read::QuickStartImages(Architecture::X86_64)]);
    assert!(step.is_loading(&bench.catalog));
    assert_eq!(step.rows(&bench.catalog)[0].image, Err(Absence::OnItsWay));
    press(&mut step, &mut bench, &["j", "enter"]);
    assert_eq!(step.error, Some(text!("launch-image-wait")));
    bench.catalog = sample::catalog();
    bench.with(|world| step.enter(world));
    assert_eq!(id_of(&step, &bench).as_deref(), Some("ami-al2023"), "a key before the answer chose nothing");
}

#[test]
fn a_failed_answer_is_asked_for_again_by_enter_only() {
    let mut bench = Bench::new();
    let mut step = entered(&mut bench);
    bench.reads();
    bench.catalog.quick_start.get_mut(&Architecture::X86_64).unwrap().answer(Err(problem()), now());
    bench.with(|world| step.enter(world));
    assert_eq!(bench.reads(), [], "no endless asking");
    assert_eq!(step.problem(&bench.catalog), Some(&problem()));
    press(&mut step, &mut bench, &["enter"]);
    assert_eq!(bench.reads(), [Read::QuickStartImages(Architecture::X86_64)]);
}

#[test]
fn a_search_takes_words_and_its_first_image_is_chosen() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    press(&mut step, &mut bench, &["/", "g", "j", "a", "backspace", "enter"]);
    assert_eq!(bench.reads(), [Read::FindImages("gj".to_owned())], "letters are text while the search is typed");
    assert!(!step.typing);
    assert_eq!(id_of(&step, &bench), None);
    let mut other = sample::image("ami-b", Architecture::Arm64, "/dev/xvda", 8);
    other.name = "second".to_owned();
    let found = vec![sample::image("ami-a", Architecture::X86_64, "/dev/xvda", 8), other];
    bench.catalog.found_images.answer(Ok(found), now());
    bench.with(|world| step.enter(world));
    assert_eq!(id_of(&step, &bench).as_deref(), Some("ami-a"));
    press(&mut step, &mut bench, &["down"]);
    assert_eq!(id_of(&step, &bench).as_deref(), Some("ami-b"));
    assert_eq!(step.chosen_architecture(), Architecture::Arm64, "the image decides, not the switch");
    press(&mut step, &mut bench, &["h", "h"]);
    assert_eq!(step.source, Source::QuickStart);
    assert_eq!(step.chosen_architecture(), Architecture::X86_64);
    press(&mut step, &mut bench, &["l", "l"]);
    assert_eq!(id_of(&step, &bench).as_deref(), Some("ami-b"), "each source keeps its cursor");
}

#[test]
fn an_empty_search_opens_its_field_and_esc_closes_it() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    press(&mut step, &mut bench, &["l", "l", "enter"]);
    assert!(step.typing);
    press(&mut step, &mut bench, &["esc"]);
    assert!(!step.typing);
    bench.with(|world| step.paste(" ami-0abc \n", world));
    press(&mut step, &mut bench, &["enter"]);
    assert!(bench.reads().contains(&Read::FindImages("ami-0abc".to_owned())));
}

#[test]
fn an_image_for_another_kind_of_processor_is_refused() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    press(&mut step, &mut bench, &["l"]);
    assert_eq!(bench.reads(), [Read::MyImages]);
    let mine = vec![sample::image("ami-mac", Architecture::Other, "/dev/sda1", 8)];
    bench.catalog.my_images = Remote::default();
    bench.catalog.my_images.answer(Ok(mine), now());
    press(&mut step, &mut bench, &["enter"]);
    assert_eq!(step.error, Some(text!("launch-image-other-architecture")));
    press(&mut step, &mut bench, &["a"]);
    assert!(!bench.wishes.is_empty(), "a key that cannot act says why");
}
