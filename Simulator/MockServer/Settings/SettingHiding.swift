import MockHubSpot

/// A type of which people see and set only a part here.
protocol SettingHiding {
    /// The names of the properties that they do not.
    static var hiddenSettings: [String] { get }
}

/// Object types and their properties are made and changed by HubSpot's own API.
extension MockHubSpotSettings: SettingHiding {
    static var hiddenSettings: [String] { ["objects"] }
}

/// How many requests each rule has counted is no setting.
extension MockHubSpotFaults: SettingHiding {
    static var hiddenSettings: [String] { ["counts"] }
}
