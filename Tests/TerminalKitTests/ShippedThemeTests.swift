import Foundation
import TerminalKit
import Testing

/// What every theme that comes with KPatrol must be.
@Suite struct ShippedThemeTests {
  private static let colored = ThemeSamples.shipped.names.filter { $0 != "monochrome" }

  @Test func theThemesAreThere() {
    #expect(
      ThemeSamples.shipped.names == [
        "default-dark", "default-light", "deuteranopia", "high-contrast", "high-contrast-light",
        "monochrome", "nord", "solarized-dark", "solarized-light", "tritanopia",
      ]
    )
  }

  @Test("All text can be read on its background (WCAG 2)", arguments: colored)
  func contrast(name: String) throws {
    let theme = try ThemeSamples.shipped.theme(name)
    let enough = name.hasPrefix("high-contrast") ? 7 : 4.5
    for role in Role.allCases {
      let look = theme.look(of: role)
      let light = name.hasSuffix("light")
      let text = PerceivedColor(look.foreground, standingFor: light ? 0x1a1a1a : 0xd0d0d0)
      let background = PerceivedColor(look.background, standingFor: light ? 0xffffff : 0x1e1e1e)
      let contrast = text.contrast(to: background)
      // Lines are no text: three is what WCAG wants of them.
      #expect(contrast >= (role == .border ? 3 : enough), "\(role) has \(contrast)")
    }
  }

  @Test(
    "Severities look different to eyes that do not tell all colours",
    arguments: [
      ("deuteranopia", Vision.deuteranopia), ("tritanopia", .tritanopia),
      ("default-dark", .usual), ("default-light", .usual), ("high-contrast", .usual),
      ("high-contrast-light", .usual), ("nord", .usual), ("solarized-dark", .usual),
      ("solarized-light", .usual),
    ]
  )
  func difference(name: String, vision: Vision) throws {
    let theme = try ThemeSamples.shipped.theme(name)
    let roles = [Role.critical, .warning, .info, .success]
    for (index, role) in roles.enumerated() {
      for other in roles[(index + 1)...] {
        let colors = [role, other].map {
          PerceivedColor(theme.look(of: $0).foreground, standingFor: 0)
        }
        let difference = colors[0].difference(from: colors[1], for: vision)
        #expect(difference >= 25, "\(role) and \(other) differ by \(difference)")
      }
    }
  }

  @Test("No text has its background's colour on terminals with few", arguments: colored)
  func fewColors(name: String) throws {
    let theme = try ThemeSamples.shipped.theme(name)
    for palette in [8, 16, 256] {
      for role in Role.allCases {
        let look = theme.look(of: role)
        let text = look.textIndex(ofPalette: palette)
        #expect(text == -1 || text != look.background.index(ofPalette: palette), "\(role)")
        // What is not the terminal's own background has no text of the terminal's own colour.
        #expect(look.background == .standard || text != -1, "\(role)")
      }
      let severities = [Role.critical, .warning, .info].map {
        theme.look(of: $0).textIndex(ofPalette: palette)
      }
      #expect(Set(severities).count == 3, "\(palette): \(severities)")
    }
  }

  @Test func monochromeIsWhatTerminalsWithoutColoursHave() throws {
    #expect(try ThemeSamples.shipped.theme("monochrome") == .monochrome)
  }
}

/// How eyes see colours.
enum Vision: Sendable {
  case usual, deuteranopia, tritanopia

  /// Of linear red, green and blue: Machado, Oliveira and Fernandes 2009, full severity.
  fileprivate var matrix: [[Double]] {
    switch self {
    case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritanopia:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }
}

/// A colour as light.
struct PerceivedColor {
  private let linear: [Double]

  /// `value` is taken for the terminal's own colour.
  init(_ color: Color, standingFor value: Int) {
    var number = color.index(ofPalette: 1 << 24)
    if number < 0 { number = value }
    linear = [16, 8, 0].map { shift in
      let part = Double(number >> shift & 0xff) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
  }

  private var luminance: Double { 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] }

  func contrast(to other: PerceivedColor) -> Double {
    let (low, high) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)
  }

  /// The distance in CIELAB (1976).
  func difference(from other: PerceivedColor, for vision: Vision) -> Double {
    zip(lab(for: vision), other.lab(for: vision)).reduce(0) { $0 + pow($1.0 - $1.1, 2) }
      .squareRoot()
  }

  private func lab(for vision: Vision) -> [Double] {
    let seen = vision.matrix.map { row in
      min(1, max(0, zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 }))
    }
    let weights = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    let white = [0.95047, 1, 1.08883]
    let parts = zip(weights, white).map { row, white in
      let part = zip(row, seen).reduce(0) { $0 + $1.0 * $1.1 } / white
      return part > 0.008856 ? cbrt(part) : 7.787 * part + 16 / 116
    }
    return [116 * parts[1] - 16, 500 * (parts[0] - parts[1]), 200 * (parts[1] - parts[2])]
  }
}
