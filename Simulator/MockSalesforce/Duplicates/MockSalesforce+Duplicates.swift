extension MockSalesforce {
    private static let headerVersionMin = 52.0

    /// What a request asks of duplicate rules; a subrequest has headers of its own.
    func duplicateOptions(_ request: RESTRequest) -> DuplicateOptions {
        var options = DuplicateOptions()
        options.version = request.version
        options.spelling = self.spelling
        let version = Double(request.version.dropFirst()) ?? 0
        if version >= Self.headerVersionMin,
            let header = request.header("Sforce-Duplicate-Rule-Header")
        {
            options.read(header)
        }
        return options
    }

    var spelling: DuplicateResult.Spelling {
        DuplicateResult.Spelling(
            single: self.settings.misspellsDuplicateResult ? "duplicateResut" : "duplicateResult",
            row: self.settings.listsDuplicateResults ? "duplicateResult" : nil
        )
    }

    /// Notes which rows were there before several are saved at once.
    func beginSave(_ context: inout WriteContext) {
        guard !self.duplicateRules.isEmpty else { return }
        context.duplicates.rowsBefore = self.org.tables.map(\.rows.count)
    }
}
