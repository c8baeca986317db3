import KubernetesObjects
import UserConfiguration

extension InventorySettings {
  /// How an address is released; `nil` where that is not configured.
  var releaseRule: ReleaseRule? {
    guard let release else { return nil }
    var rule: ReleaseRule
    switch source.location {
    case .file: return nil
    case .netBox(let root): rule = NetBox.releaseRule(at: root, release)
    case .url:
      guard let url = release.url else { return nil }
      rule = ReleaseRule(release.method ?? .patch, url)
      rule.body = release.body ?? ""
      rule.undo = release.undo ?? ""
    }
    if (release.token ?? source.token) != nil { rule.tokenScheme = source.tokenWord }
    rule.certificateAuthority = source.certificateAuthority ?? ""
    return rule
  }
}

extension InventorySource {
  /// The word before the token in the header `Authorization`.
  var tokenWord: String {
    let usual = if case .netBox = location { "Token" } else { "Bearer" }
    return tokenScheme ?? usual
  }
}
