import Testing

/// What the vendors' and other people's own clients make of the simulated CRMs.
@Suite(.serialized) struct ConformanceTests {
    static let clients = [
        PublishedClient(
            script: "simple_salesforce_client.py",
            environment: "clients",
            stepsMin: 21
        ),
        PublishedClient(
            script: "salesforce_bulk_client.py",
            environment: "salesforce-bulk",
            stepsMin: 9
        ),
        PublishedClient(script: "http_habits_client.py", environment: "clients", stepsMin: 12),
        PublishedClient(script: "hubspot_client.py", environment: "clients", stepsMin: 19),
        PublishedClient(
            script: "hubspot_sdk_client.py",
            environment: "hubspot-sdk",
            stepsMin: 11
        ),
        PublishedClient(script: "hubspot_feeds_client.py", environment: "clients", stepsMin: 8),
        PublishedClient(
            script: "aiosfstream_client.py",
            environment: "aiosfstream",
            stepsMin: 7
        ),
        PublishedClient(
            script: "tap_salesforce_client.py",
            environment: "tap-salesforce",
            stepsMin: 5
        ),
        PublishedClient(
            script: "tap_hubspot_client.py",
            environment: "tap-hubspot",
            stepsMin: 8
        ),
        PublishedClient(
            script: "meltano_tap_hubspot_client.py",
            environment: "meltano-tap-hubspot",
            stepsMin: 4
        ),
        PublishedClient(
            script: "pipelinewise_tap_salesforce_client.py",
            environment: "pipelinewise-tap-salesforce",
            stepsMin: 2
        ),
        PublishedClient(script: "dlt_client.py", environment: "dlt", stepsMin: 7),
        PublishedClient(script: "cumulusci_client.py", environment: "cumulusci", stepsMin: 5),
        PublishedClient(script: "pyforce_client.py", environment: "pyforce", stepsMin: 3),
        PublishedClient(
            script: "jsforce_requests_client.py",
            environment: "clients",
            stepsMin: 9
        ),
    ]

    @Test(arguments: Self.clients)
    func `a published client cannot tell the difference`(client: PublishedClient) throws {
        let (status, lines) = try client.run()
        for line in lines where !line.hasPrefix("ok ") { print(line) }
        let failed = lines.filter { $0.hasPrefix("FAIL") }
        #expect(failed.isEmpty)
        #expect(lines.count { $0.hasPrefix("ok ") } >= client.stepsMin)
        #expect(status == 0)
    }
}
