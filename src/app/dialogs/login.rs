//! Who logs in to an instance, on which port, past which host: remembered by image family, instance and VPC.

use super::{Asked, Dialog};
use crate::app::form::{Field, Form};
use crate::app::notice::Tone;
use crate::app::tasks::Job;
use crate::app::tasks::remember::Remember;
use crate::app::world::World;
use crate::domain::id::{InstanceId, VpcId};
use crate::domain::image::Image;
use crate::domain::image_family::ImageFamily;
use crate::domain::instance::Instance;
use crate::domain::login::{LoginPart, LoginProblem};
use crate::domain::remembered::Remembered;
use crate::text;
use crate::text::Text;

const USER: &str = "user";
const PORT: &str = "port";
const JUMP: &str = "jump";
const PRIVATE: &str = "private";

/// A login that is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct LoginDialog {
    instance: InstanceId,
    label: String,
    family: ImageFamily,
    vpc: Option<VpcId>,
}

impl LoginDialog {
    /// The dialog with what is remembered now.
    #[must_use]
    pub fn open(instance: &Instance, image: Option<&Image>, remembered: &Remembered) -> Dialog {
        let family = ImageFamily::of_image(image, instance.platform);
        let vpc = instance.vpc.clone();
        let port = remembered.port(&instance.id);
        let usual = text!("login-usual", users = family.default_users().join(", "));
        let mut fields = vec![
            Field::text(USER, "login-field-user", remembered.user(&family), 64).with_hint(usual),
            Field::number(PORT, "login-field-port", Some(port.into())),
        ];
        if vpc.is_some() {
            let jump = remembered.jump(vpc.as_ref()).unwrap_or_default();
            fields.push(
                Field::text(JUMP, "login-field-jump", jump, 255)
                    .with_placeholder(text!("login-no-jump"))
                    .with_hint(text!("login-hint-jump")),
            );
            fields.push(Field::switch(PRIVATE, "login-field-private", remembered.prefers_private(vpc.as_ref())));
        }
        let title = text!("login-title", name = instance.label());
        let label = instance.label().to_owned();
        Dialog::new(title, fields, Self { instance: instance.id.clone(), label, family, vpc })
    }
}

impl Asked for LoginDialog {
    fn fit(&mut self, _form: &mut Form, world: &mut World<'_>) -> Vec<(Text, Tone)> {
        let mut notes = vec![(text!("login-note"), Tone::Plain)];
        if let Some(places) = &world.environment.ssh_places {
            notes.push((text!("login-kept-in", path = world.environment.short_path(&places.settings)), Tone::Plain));
        }
        notes
    }

    fn send(&mut self, form: &mut Form, world: &mut World<'_>) -> Option<Job> {
        let mut remembered = world.inventory.remembered();
        let refuse = |form: &mut Form, outcome: Result<(), LoginProblem>| {
            if let Err(problem) = outcome {
                let field = match problem.part {
                    LoginPart::Port => PORT,
                    LoginPart::Jump => JUMP,
                    _ => USER,
                };
                form.set_error(field, problem.text());
            }
        };
        let user = form.value(USER).trim().to_owned();
        refuse(form, remembered.set_user(self.family.clone(), &user));
        let port = form.value(PORT).trim().parse::<u16>().unwrap_or(0);
        refuse(form, remembered.set_port(self.instance.clone(), port));
        if let Some(vpc) = &self.vpc {
            let jump = form.value(JUMP).trim().to_owned();
            refuse(form, remembered.set_jump(vpc.clone(), Some(jump.as_str()).filter(|jump| !jump.is_empty())));
            remembered.set_private(vpc.clone(), form.field(PRIVATE).is_some_and(Field::is_on));
        }
        (!form.has_errors()).then(|| Remember::new(remembered, &self.label).into())
    }
}
