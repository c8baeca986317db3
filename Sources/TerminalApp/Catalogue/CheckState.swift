import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// Whether a check is in force, and if not, why.
enum CheckState: Equatable {
  case inForce
  /// By the configuration.
  case switchedOff
  /// By itself in some cluster, for it fails or takes too long: a rule of a pack.
  case failing(String)
  /// It is of this profile, and another one is run.
  case outsideProfile(CheckProfile)
  /// No cluster can be inspected, for the check needs these kinds.
  case notInspected([ObjectKind])
  /// Not all can be inspected: only these places, or all but these.
  case inPart(String)

  init(of row: CataloguePage.Row, _ settings: CheckSettings) {
    guard settings.isEnabled(row.check) else {
      let isSwitched = settings.overrides[row.id]?.isEnabled == false
      self = isSwitched ? .switchedOff : .outsideProfile(row.check.profile)
      return
    }
    if let reason = row.shares.lazy.compactMap(\.rule?.reasonToBeOff).first {
      self = .failing(reason)
      return
    }
    let blind = row.shares.filter(\.isBlind)
    let limited = row.shares.flatMap(\.notInspected).flatMap(\.onlyNamespaces)
    if !blind.isEmpty, blind.count == row.shares.count {
      let kinds = blind.flatMap(\.notInspected).map(\.kind)
      self = .notInspected(Set(kinds).sorted())
    } else if !blind.isEmpty {
      self = .inPart("not in " + blind.map(\.cluster).joined(separator: ", "))
    } else if let unseen = row.shares.flatMap(\.notInspected).first(where: \.onlyNamespaces.isEmpty)
    {
      self = .inPart("sees no \(unseen.kind.name)")
    } else if !limited.isEmpty {
      self = .inPart("namespace " + Set(limited).sorted().joined(separator: ", "))
    } else {
      self = .inForce
    }
  }

  /// The state in some words, those that matter most first.
  var words: String {
    switch self {
    case .inForce: "in force"
    case .switchedOff: "off by configuration"
    case .failing(let reason): "off: \(reason)"
    case .outsideProfile(let profile): "off: profile \(profile.rawValue) is not run"
    case .notInspected(let kinds):
      "not inspected: needs " + kinds.map(\.name).joined(separator: ", ")
    case .inPart(let part): "in part: \(part)"
    }
  }

  var isOff: Bool {
    switch self {
    case .switchedOff, .failing, .outsideProfile: true
    case .inForce, .notInspected, .inPart: false
    }
  }

  var style: Style {
    switch self {
    case .inForce: Style(.success)
    case .switchedOff, .outsideProfile: Style(.muted)
    case .failing, .notInspected, .inPart: Style(.warning)
    }
  }

  /// What to write into the configuration to change it.
  func advice(on check: CheckID) -> String {
    if case .failing = self { return "It is switched on again once its pack is changed." }
    return isOff
      ? "checks.\(check).enabled: true switches it on, from the next start on."
      : "checks.\(check).enabled: false switches it off, from the next start on."
  }
}
