/// What something took at one size.
struct GrowthPoint: Sendable {
  /// What is compared over sizes: `first sync`.
  var series: String
  var law: Growth.Law
  var size: ClusterSize
  /// In the unit of its measurement, which does not matter here.
  var amount: Double
}

/// How what is measured at several sizes grows from each to the next.
struct Growth {
  /// How something may grow.
  enum Law: Sendable {
    /// As the objects do; what does not depend on them makes it less.
    case linear
    /// Not at all.
    case constant

    /// How many times of what the law says still counts as following it: caches hold less of a
    /// larger cluster, and runs differ by a fifth on a busy machine.
    var tolerance: Double {
      switch self {
      case .linear: 1.25
      case .constant: 1.5
      }
    }
  }

  let points: [GrowthPoint]

  var measurements: [Measurement] {
    var series: [String] = []
    for point in points where !series.contains(point.series) { series.append(point.series) }
    return series.flatMap { name in
      let points = points.filter { $0.series == name }
        .sorted { $0.size.objects < $1.size.objects }
      return zip(points, points.dropFirst()).map(measurement)
    }
  }

  private func measurement(_ smaller: GrowthPoint, _ larger: GrowthPoint) -> Measurement {
    let objects = Double(larger.size.objects) / Double(smaller.size.objects)
    let amount = larger.amount / smaller.amount
    let law = larger.law
    return Measurement(
      title: "growth of \(larger.series), \(smaller.size.name) to \(larger.size.name)",
      setting: law == .linear
        ? "how it grew for each time that the objects did" : "how it grew; objects must not matter",
      value: law == .linear ? amount / objects : amount,
      unit: "×",
      target: .under(law.tolerance),
      comparison: "\(amount.formatted()) times, for \(objects.formatted()) times the objects"
    )
  }
}
