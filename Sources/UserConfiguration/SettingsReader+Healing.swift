import Healing
import Inspection
import KubernetesObjects
import NameMatching
import YAMLReading

/// Reads what may be healed, and what proposes itself.
extension SettingsReader {
  mutating func readHealing(_ value: YAMLValue) {
    readFields(of: value, known: ConfigurationKey.names(under: "healing")) { reader, field, value in
      switch field {
      case "protectedLabels": reader.readProtectedLabels(value)
      case "actionsPerHour":
        reader.number(value, upTo: 1000) { $0.healLimits.actionsPerHour = $1 }
      case "sharePercent": reader.number(value, upTo: 100) { $0.healLimits.sharePercent = $1 }
      case "stormPercent": reader.number(value, upTo: 100) { $0.healLimits.stormPercent = $1 }
      case "coolDown":
        if let duration = reader.duration(value) { reader.settings.healLimits.coolDown = duration }
      case "windows": reader.readWindows(value)
      default: reader.readPolicies(value)
      }
    }
  }

  private mutating func number(
    _ value: YAMLValue,
    upTo limit: Int,
    _ set: (inout Settings, Int) -> Void
  ) {
    let number = scalar(value, "is no number from 1 to \(limit)") { text in
      Int(text).flatMap { (1...limit).contains($0) ? $0 : nil }
    }
    if let number { set(&settings, number) }
  }

  private mutating func readProtectedLabels(_ value: YAMLValue) {
    for element in elements(value) {
      let help = "is no label selector; write app=cart, tier in (a, b) or !app"
      let selector = scalar(element, help) { text -> LabelSelector? in
        let selector = try? LabelSelector(parsing: text)
        return selector?.isEmpty == true ? nil : selector
      }
      guard let selector else { continue }
      notePlace(of: element)
      settings.protectedLabels.append(selector)
    }
  }

  private mutating func readWindows(_ value: YAMLValue) {
    for element in elements(value) {
      let help = "is no time of the week; write Mon-Fri 22:00-05:00"
      guard let window = scalar(element, help, { MaintenanceWindow($0) }) else { continue }
      notePlace(of: element)
      settings.healLimits.windows.append(window)
    }
  }

  private mutating func readPolicies(_ value: YAMLValue) {
    for element in elements(value) {
      guard let policy = policy(element) else { continue }
      notePlace(of: element)
      settings.policies.append(policy)
    }
  }

  private mutating func policy(_ element: YAMLValue) -> HealPolicy? {
    var policy = HealPolicy("", remedy: "")
    var isWhole = true
    let known = ConfigurationKey.names(under: "healing.policies[]")
    let isMap = readFields(of: element, known: known) { reader, field, value in
      switch field {
      case "name": policy.name = reader.policyName(value) ?? ""
      case "check": policy.check = reader.checkPattern(value)
      case "namespace": policy.namespace = reader.pattern(value)
      case "contexts": policy.contexts = reader.patterns(value)
      case "severity": policy.severity = reader.severity(value) ?? policy.severity
      case "remedy": policy.remedy = reader.remedy(value) ?? ""
      case "after": policy.after = reader.duration(value) ?? policy.after
      case "automatic":
        let flag = reader.read { () throws(YAMLProblem) in try value.boolean() }
        policy.isAutomatic = flag ?? false
      default:
        let number = reader.scalar(value, "is no number from 1 to 1000") { text in
          Int(text).flatMap { (1...1000).contains($0) ? $0 : nil }
        }
        policy.perHour = number ?? policy.perHour
      }
    }
    guard isMap else { return nil }
    for name in ["name", "remedy"] where element.value(name) == nil {
      note(element.place.appending(name), "it is missing")
      isWhole = false
    }
    return isWhole ? policy : nil
  }

  private mutating func policyName(_ value: YAMLValue) -> String? {
    guard let name = name(value) else { return nil }
    guard !settings.policies.contains(where: { $0.name == name }) else {
      note(value.place, "another policy is named \(QuotedText.excerpt(name)) too")
      return nil
    }
    return name
  }

  private mutating func remedy(_ value: YAMLValue) -> RemedyID? {
    guard let name = name(value) else { return nil }
    let known = Remedies.all.map(\.id.description)
    // Packs are read later, and change.
    guard known.contains(name) || name.contains("/") else {
      let hint =
        name.nearest(of: known).map { "did you mean \($0)?" }
        ?? "there are \(known.joined(separator: ", "))"
      note(value.place, "there is no such remedy; \(hint)")
      return nil
    }
    return RemedyID(stringLiteral: name)
  }
}
