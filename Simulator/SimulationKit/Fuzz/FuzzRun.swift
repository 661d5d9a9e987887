import HTTPTransport
import MockHubSpot
import MockSalesforce

/// Sends a mock as many odd requests as asked for and looks at each reply.
package struct FuzzRun: Sendable {
    package enum Side: String, Sendable, CaseIterable {
        case hubspot
        case salesforce

        /// How many addresses requests are made from.
        package var addresses: Set<String> {
            let shapes: FuzzShapes = self == .hubspot ? .hubspot : .salesforce
            return Set(shapes.calls.map(\.path))
        }
    }

    /// A mock is thrown away after so many requests, so that what they made does not pile up.
    package static let requestsOfOneMock = 5_000
    private static let start: Int64 = 1_790_000_000_000
    private static let faultsMax = 10

    /// One mock's requests; the same seed sends the same ones.
    package static func run(_ side: Side, seed: UInt64, requests: Int) -> FuzzResult {
        var result = FuzzResult()
        var fuzzer = RequestFuzzer(side, seed: seed)
        var target = Self.target(side, hasAll: seed.isMultiple(of: 2))
        var now = Self.start
        for _ in 0..<requests {
            now += fuzzer.pause
            let (call, request, isSigned) = fuzzer.next { target.token(for: $0) }
            let response = target.answer(request, at: now)
            result.count(response?.status ?? 0, of: call)
            if let response { fuzzer.learn(from: response, to: request) }
            if response?.status == 401, isSigned { target.signIn(at: now) }
            guard let fault = Self.fault(response, to: request.url, of: side) else { continue }
            guard result.faults.count < Self.faultsMax else { continue }
            let path = request.url.prefix(200)
            result.faults.append(
                "\(side) seed \(seed): \(request.method.rawValue) \(path): \(fault)"
            )
        }
        return result
    }

    /// A mock with some records; `hasAll` switches on what a portal or an org may have and most
    /// lack.
    private static func target(_ side: Side, hasAll: Bool) -> FuzzTarget {
        switch side {
        case .hubspot:
            var settings = MockHubSpotSettings()
            settings.indexDelay = 0
            settings.mergeKeepsPrimaryID = hasAll
            settings.teams = [MockHubSpotTeam(id: 1, name: "West", members: [5])]
            settings.roles = [MockHubSpotRole(id: 1, name: "Sales")]
            var mock = MockHubSpot(settings: settings)
            for number in 1...20 {
                _ = try? mock.seed(
                    fields: [("email", "p\(number)@example.com"), ("firstname", "P\(number)")],
                    at: Self.start
                )
            }
            return FuzzTarget(hubspot: mock, at: Self.start)
        case .salesforce:
            var settings = MockSalesforceSettings()
            settings.dailyCallsMax = .max / 2
            if hasAll {
                Self.addCustomObjects(to: &settings)
                settings.permissions = MockSalesforcePermissions()
                settings.hasPersonAccounts = true
                settings.currencies = MockSalesforceCurrencies(
                    currencies: [.init("USD", rate: 1), .init("EUR", rate: 0.9)],
                    corporate: "USD",
                    datedRates: [.init("EUR", from: "2026-01-01", rate: 0.8)]
                )
            }
            var mock = MockSalesforce(settings: settings)
            if hasAll { mock.duplicateRules = MockSalesforceDuplicateRule.standard }
            for number in 1...20 {
                _ = try? mock.seed(
                    object: "Contact",
                    fields: [.init("LastName", .text("P\(number)"))],
                    at: Self.start
                )
            }
            return FuzzTarget(salesforce: mock, at: Self.start)
        }
    }

    /// Plants of accounts, orders that belong to plants, a queue that may own plants and a record type.
    private static func addCustomObjects(to settings: inout MockSalesforceSettings) {
        settings.customObjects = [
            MockSalesforceCustomObject(name: "Plant__c", label: "Plant"),
            MockSalesforceCustomObject(name: "Order__c", label: "Order", nameFormat: "O-{0000}"),
        ]
        for (object, target, isMasterDetail) in [
            ("Plant__c", "Account", false), ("Plant__c", "Contact", false),
            ("Order__c", "Plant__c", true),
        ] {
            var field = MockSalesforceCustomField(
                object: object,
                name: target.hasSuffix("__c") ? target : target + "__c",
                label: target,
                type: .reference
            )
            field.referenceTo = target
            field.isMasterDetail = isMasterDetail
            if target == "Contact" { field.lookupRule = .restrict }
            settings.customFields.append(field)
        }
        settings.queues = [MockSalesforceQueue(name: "Mills", objects: ["Plant__c", "Lead"])]
        settings.recordTypes = [MockSalesforceRecordType(object: "Plant__c", name: "Mill")]
        settings.deleteLogMax = 5
    }
}
