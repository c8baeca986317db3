import Journal
import UserConfiguration

extension SecretVault {
  /// What keeps the values of Secrets where the configuration wants that; `nil` where they are not kept.
  init?(_ settings: JournalSettings, inFolder folder: String?) {
    guard settings.secrets == .encrypted,
      let file = settings.secretsKey ?? folder.map({ "\($0)/journal.key" })
    else { return nil }
    self.init(keyFile: file)
  }
}
