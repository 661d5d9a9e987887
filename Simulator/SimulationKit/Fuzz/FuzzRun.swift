import HTTPTransport
import MockHubSpot
import MockSalesforce
import WireJSON

/// Sends a mock as many odd requests as asked for and looks at each reply.
///
/// A crash ends the process; its last line of output names the seed.
package struct FuzzRun: Sendable {
    package enum Side: String, Sendable, CaseIterable {
        case hubspot
        case salesforce
    }

    package struct Result: Sendable {
        package var requests = 0
        /// How often each status was answered.
        package var statuses: [Int: Int] = [:]
        /// What should not have been answered, the first few.
        package var faults: [String] = []

        package init() {}
    }

    /// A mock is thrown away after so many requests, so that what they made does not pile up.
    package static let requestsOfOneMock = 5_000
    private static let start: Int64 = 1_790_000_000_000
    private static let faultsMax = 10

    /// One mock's requests; the same seed sends the same ones.
    package static func run(_ side: Side, seed: UInt64, requests: Int) -> Result {
        var result = Result()
        var fuzzer = RequestFuzzer(side, seed: seed)
        var (target, token) = Self.target(side, hasAll: seed.isMultiple(of: 2))
        var now = Self.start
        for _ in 0..<requests {
            now += fuzzer.pause
            let request = fuzzer.next(token: token)
            let response = target.answer(request, at: now)
            result.requests += 1
            result.statuses[response?.status ?? 0, default: 0] += 1
            guard let fault = Self.fault(response) else { continue }
            guard result.faults.count < Self.faultsMax else { continue }
            let path = request.url.prefix(200)
            result.faults.append(
                "\(side) seed \(seed): \(request.method.rawValue) \(path): \(fault)"
            )
        }
        return result
    }

    /// A server that works answers every request with a reply that its client can read.
    private static func fault(_ response: HTTPResponse?) -> String? {
        guard let response else { return "no reply" }
        guard (200..<500).contains(response.status) else { return "status \(response.status)" }
        let type = response.headers.first { $0.name.lowercased() == "content-type" }?.value ?? ""
        guard type.lowercased().hasPrefix("application/json"), !response.body.isEmpty else {
            return nil
        }
        guard (try? JSON(parsing: response.body)) != nil else { return "a body that is not JSON" }
        return nil
    }

    /// A mock with some records; `hasAll` switches on what an org may have and most lack.
    private static func target(_ side: Side, hasAll: Bool) -> (FuzzTarget, token: String) {
        switch side {
        case .hubspot:
            var settings = MockHubSpotSettings()
            settings.indexDelay = 0
            var mock = MockHubSpot(settings: settings)
            for number in 1...20 {
                _ = try? mock.seed(
                    fields: [("email", "p\(number)@example.com"), ("firstname", "P\(number)")],
                    at: Self.start
                )
            }
            return (FuzzTarget(hubspot: mock), "pat-na1-integration")
        case .salesforce:
            var settings = MockSalesforceSettings()
            settings.dailyCallsMax = .max / 2
            if hasAll {
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
            let token = Self.signIn(&mock)
            return (FuzzTarget(salesforce: mock), token)
        }
    }

    private static func signIn(_ mock: inout MockSalesforce) -> String {
        let credential = mock.settings.credentials[0]
        let form =
            "grant_type=client_credentials&client_id=\(credential.clientID)"
            + "&client_secret=\(credential.clientSecret)"
        let request = HTTPRequest(
            method: .post,
            url: "http://mock/services/oauth2/token",
            body: Array(form.utf8)
        )
        guard case .respond(let response) = mock.handle(request, at: Self.start),
            let json = try? JSON(parsing: response.body)
        else { return "" }
        return json["access_token"]?.string ?? ""
    }
}
