import MockHubSpot
import MockSalesforce

/// A type of which a new value need not name everything.
protocol SettingTemplate: Codable {
    /// What a new one has where nothing is said.
    static var template: Self { get }
    /// What a new one has to name.
    static var needed: [String] { get }
}

extension MockSalesforcePermissions: SettingTemplate {
    static var template: Self { Self() }
    static var needed: [String] { [] }
}

extension MockSalesforceProfile: SettingTemplate {
    static var template: Self { Self(name: "") }
    static var needed: [String] { ["name"] }
}

extension MockSalesforceObjectAccess: SettingTemplate {
    static var template: Self { .all }
    static var needed: [String] { [] }
}

extension MockSalesforceCurrencies: SettingTemplate {
    static var template: Self { Self(currencies: [], corporate: "") }
    static var needed: [String] { ["currencies", "corporate", "user"] }
}

extension MockSalesforceCurrencies.Currency: SettingTemplate {
    static var template: Self { Self("", rate: 1) }
    static var needed: [String] { ["isoCode"] }
}

extension MockSalesforceCustomField: SettingTemplate {
    static var template: Self { Self(object: "", name: "", label: "") }
    static var needed: [String] { ["object", "name", "label"] }
}

extension MockSalesforceCustomObject: SettingTemplate {
    static var template: Self { Self(name: "", label: "") }
    static var needed: [String] { ["name", "label", "pluralLabel", "nameLabel"] }
}

extension MockSalesforceRecordType: SettingTemplate {
    static var template: Self { Self(object: "", name: "") }
    static var needed: [String] { ["object", "name", "developerName"] }
}

extension MockSalesforceCountry: SettingTemplate {
    static var template: Self { Self("", "") }
    static var needed: [String] { ["code", "name"] }
}

extension MockSalesforceCountry.State: SettingTemplate {
    static var template: Self { Self("", "") }
    static var needed: [String] { ["code", "name"] }
}

extension MockSalesforceQueue: SettingTemplate {
    static var template: Self { Self(name: "") }
    static var needed: [String] { ["name", "developerName"] }
}

extension MockSalesforceUser: SettingTemplate {
    static var template: Self { Self(id: "", firstName: "", lastName: "", email: "") }
    static var needed: [String] { ["id", "lastName", "email"] }
}

extension MockSalesforceCredential: SettingTemplate {
    static var template: Self { .standard }
    static var needed: [String] { ["clientID", "refreshToken", "userID", "name"] }
}

extension MockSalesforceValidationRule: SettingTemplate {
    static var template: Self {
        Self(object: "", field: "", condition: .isBlank, message: "")
    }
    static var needed: [String] { ["object", "field", "condition", "message"] }
}

extension MockSalesforceDuplicateRule: SettingTemplate {
    static var template: Self { Self(object: "", name: "", matchingRules: []) }
    static var needed: [String] { ["object", "name", "matchingRules"] }
}

extension MockSalesforceMatchingRule: SettingTemplate {
    static var template: Self { Self(object: "", name: "", alternatives: []) }
    static var needed: [String] { ["object", "name", "alternatives"] }
}

extension MockHubSpotApp: SettingTemplate {
    static var template: Self {
        Self(id: 0, name: "", credential: .staticToken(""), burstMax: Self.professionalBurst)
    }
    static var needed: [String] { ["id", "name", "credential"] }
}

extension MockHubSpotOwner: SettingTemplate {
    static var template: Self { Self(id: 0, userID: 0, email: "", firstName: "", lastName: "") }
    static var needed: [String] { ["id", "userID", "email"] }
}

extension MockHubSpotTeam: SettingTemplate {
    static var template: Self { Self(id: 0, name: "") }
    static var needed: [String] { ["id", "name"] }
}

extension MockHubSpotRole: SettingTemplate {
    static var template: Self { Self(id: 0, name: "") }
    static var needed: [String] { ["id", "name"] }
}

extension MockHubSpotRule: SettingTemplate {
    static var template: Self { Self(.format, of: "", type: "") }
    static var needed: [String] { ["kind", "property", "type"] }
}

extension MockHubSpotRequirement: SettingTemplate {
    static var template: Self { Self("", type: "") }
    static var needed: [String] { ["property", "type"] }
}

extension MockHubSpotFaultRule: SettingTemplate {
    static var template: Self { Self(.unavailable, every: 1) }
    static var needed: [String] { ["fault"] }
}
