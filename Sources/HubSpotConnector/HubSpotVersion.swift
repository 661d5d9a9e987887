/// A version of HubSpot's API, as paths name it: `2026-09`.
package enum HubSpotVersion: String, Sendable, Hashable, CaseIterable {
    case september2026 = "2026-09"
    case march2026 = "2026-03"
    case v3

    package var name: String { self.rawValue }

    /// The one that Duet is built and tested against; the only place that names it.
    package static let pinned = HubSpotVersion.september2026

    /// The setting that names another one.
    package static let setting = "`apiVersion` under `hubspot`"

    /// Until when HubSpot supports it: 18 months from its release.
    ///
    /// docs/developer-tooling/platform/versioning;
    /// changelog/legacy-apis-and-legacy-apps-whats-going-unsupported-and-when. No text says what is
    /// answered after that, so that this is told with a 410 only.
    package var end: String {
        switch self {
        case .september2026: "8 March 2028"
        case .march2026: "30 September 2027"
        case .v3: "September 2027"
        }
    }

    /// The day of `end`, in wall milliseconds; of a month its last.
    package var endsAt: Int64 {
        switch self {
        case .september2026: 1_836_086_400_000
        case .march2026, .v3: 1_822_262_400_000
        }
    }
}
