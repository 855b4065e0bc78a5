//! Colours.

use thalweg_core::math::within::Within;

/// A colour in sRGB, one byte a channel, not multiplied with its opacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgba {
    /// Red, from 0 to 255.
    pub red: u8,
    /// Green, from 0 to 255.
    pub green: u8,
    /// Blue, from 0 to 255.
    pub blue: u8,
    /// The opacity, from 0 (not seen) to 255.
    pub alpha: u8,
}

impl Rgba {
    /// Nothing at all.
    pub const TRANSPARENT: Self = Self { red: 0, green: 0, blue: 0, alpha: 0 };
    /// White.
    pub const WHITE: Self = Self::hex(0xFF_FFFF);
    /// Black.
    pub const BLACK: Self = Self::hex(0);

    /// An opaque colour from its digits, 0xRRGGBB.
    pub const fn hex(digits: u32) -> Self {
        let [_, red, green, blue] = digits.to_be_bytes();
        Self { red, green, blue, alpha: 255 }
    }

    /// An opaque grey.
    pub const fn gray(level: u8) -> Self {
        Self { red: level, green: level, blue: level, alpha: 255 }
    }

    /// The colour with another opacity.
    pub const fn with_alpha(self, alpha: u8) -> Self {
        Self { alpha, ..self }
    }

    /// The colour with a part of its opacity.
    pub fn faded(self, part: f64) -> Self {
        self.with_alpha(byte(f64::from(self.alpha) * part))
    }

    /// The colour on the way to another, in sRGB as it is written.
    pub fn mixed(self, other: Self, part: f64) -> Self {
        let mix = |from: u8, to: u8| byte(f64::from(from) + (f64::from(to) - f64::from(from)) * part);
        Self {
            red: mix(self.red, other.red),
            green: mix(self.green, other.green),
            blue: mix(self.blue, other.blue),
            alpha: mix(self.alpha, other.alpha),
        }
    }

    /// Its relative luminance, from 0 to 1: the mean of its channels in linear light, weighted as the eye does (IEC
    /// 61966-2-1, WCAG 2).
    pub fn brightness(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// An opaque colour from lightness and the two colour axes of Oklab (Björn Ottosson, 2020); what sRGB
    /// does not have is cut off.
    pub fn from_oklab([l, a, b]: [f64; 3]) -> Self {
        let cone = [
            l + 0.396_337_777_4 * a + 0.215_803_757_3 * b,
            l - 0.105_561_345_8 * a - 0.063_854_172_8 * b,
            l - 0.089_484_177_5 * a - 1.291_485_548 * b,
        ]
        .map(|root| root * root * root);
        let linear = [
            4.076_741_662_1 * cone[0] - 3.307_711_591_3 * cone[1] + 0.230_969_929_2 * cone[2],
            -1.268_438_004_6 * cone[0] + 2.609_757_401_1 * cone[1] - 0.341_319_396_5 * cone[2],
            -0.004_196_086_3 * cone[0] - 0.703_418_614_7 * cone[1] + 1.707_614_701 * cone[2],
        ];
        let [red, green, blue] = linear.map(|light| {
            let light = light.within(0.0, 1.0);
            let value = if light <= 0.003_130_8 {
                12.92 * light
            } else {
                1.055 * libm::pow(light, 1.0 / 2.4) - 0.055
            };
            byte(255.0 * value)
        });
        Self { red, green, blue, alpha: 255 }
    }
}

fn byte(value: f64) -> u8 {
    (value + 0.5).within(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greys_of_oklab_are_grey_and_ends_are_met() {
        assert_eq!(Rgba::from_oklab([1.0, 0.0, 0.0]), Rgba::WHITE);
        assert_eq!(Rgba::from_oklab([0.0, 0.0, 0.0]), Rgba::BLACK);
        let Rgba { red, green, blue, .. } = Rgba::from_oklab([0.6, 0.0, 0.0]);
        assert!(red.abs_diff(green) < 2 && green.abs_diff(blue) < 2);
        let (from, to) = (Rgba::hex(0x10_2030), Rgba::hex(0xFF_8000));
        assert_eq!([from.mixed(to, 0.0), from.mixed(to, 1.0)], [from, to]);
        assert_eq!(to.faded(0.5).alpha, 128);
    }
}
