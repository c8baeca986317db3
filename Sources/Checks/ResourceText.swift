/// Amounts of resources as people write them.
enum ResourceText {
  /// As in `350m` of cpu, `1200Mi` of memory, `2` of others.
  static func text(_ amount: Double, of resource: String) -> String {
    switch resource {
    case "cpu": "\(Int((amount * 1000).rounded()))m"
    case "memory", "ephemeral-storage": "\(Int((amount / 0x1p20).rounded(.up)))Mi"
    default: "\(Int(amount.rounded()))"
    }
  }
}
