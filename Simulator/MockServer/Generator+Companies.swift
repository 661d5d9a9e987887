import SimulationKit

/// Companies and Accounts.
extension Generator {
    private struct Firm {
        var name: String
        var form: String
        var domain: String
        var city: (name: String, country: String)
        var industry: (hubspot: String?, salesforce: String?)
        var employees: Int
        var revenue: Int

        var fullName: String { self.form.isEmpty ? self.name : "\(self.name) \(self.form)" }
    }

    mutating func fillCompanies(_ state: inout MockWorld.State, _ now: Int64) {
        for number in 0..<self.size.companies {
            let firm = self.firm(number)
            let sides = self.sides()
            var record = InventedRecord()
            if sides.hubspot { record.hubspot = self.company(firm, &state, now) }
            if sides.salesforce {
                record.salesforce = self.account(firm, &state, now)
                if self.trade.happens(percent: 5) { _ = self.account(firm, &state, now) }
            }
            self.companies.append(record)
        }
    }

    private mutating func firm(_ number: Int) -> Firm {
        let first = self.trade.pick(Vocabulary.firmNames)
        let name = "\(first) \(self.trade.pick(Vocabulary.firmKinds))"
        let letters = name.lowercased().filter { $0.isASCII && $0.isLetter }
        return Firm(
            name: "\(name) \(number)",
            form: self.trade.pick(Vocabulary.firmForms),
            domain: self.trade.happens(percent: 85) ? "\(letters)\(number).test" : "",
            city: self.trade.pick(Vocabulary.cities),
            industry: self.trade.pick(Vocabulary.industries),
            employees: 1 + self.trade.below(5_000),
            revenue: 10_000 * (1 + self.trade.below(9_000))
        )
    }

    private mutating func company(
        _ firm: Firm,
        _ state: inout MockWorld.State,
        _ now: Int64
    ) -> String? {
        var fields = [("name", firm.fullName), ("city", firm.city.name)]
        if !firm.domain.isEmpty { fields.append(("domain", firm.domain)) }
        if self.trade.happens(percent: 80) { fields.append(("country", firm.city.country)) }
        if let industry = firm.industry.hubspot, self.trade.happens(percent: 70) {
            fields.append(("industry", industry))
        }
        if self.trade.happens(percent: 60) {
            fields.append(("numberofemployees", String(firm.employees)))
        }
        if self.trade.happens(percent: 50) {
            fields.append(("annualrevenue", String(firm.revenue)))
        }
        return self.made("companies", fields, &state, now - self.tradeAge())
    }

    private mutating func account(
        _ firm: Firm,
        _ state: inout MockWorld.State,
        _ now: Int64
    ) -> String? {
        var name = firm.fullName
        if self.trade.happens(percent: 15) { name = firm.name }
        if self.trade.happens(percent: 5) { name = self.misspelt(name) }
        var fields = [("Name", name)]
        if !firm.domain.isEmpty {
            let starts = ["https://www.", "http://", "www.", ""]
            fields.append(("Website", self.trade.pick(starts) + firm.domain))
        }
        if self.trade.happens(percent: 80) {
            fields += [("BillingCity", firm.city.name), ("BillingCountry", firm.city.country)]
        }
        if self.trade.happens(percent: 8) {
            fields.append(("Industry", self.trade.pick(Vocabulary.oldIndustries)))
        } else if let industry = firm.industry.salesforce, self.trade.happens(percent: 70) {
            fields.append(("Industry", industry))
        }
        if self.trade.happens(percent: 60) {
            // Counted at another time.
            let drift = self.trade.happens(percent: 20) ? self.trade.below(50) : 0
            fields.append(("NumberOfEmployees", String(firm.employees + drift)))
        }
        if self.trade.happens(percent: 50) {
            fields.append(("AnnualRevenue", String(firm.revenue)))
        }
        // One in ten belongs to another one.
        if self.trade.happens(percent: 10), !self.companies.isEmpty,
            let parent = self.trade.pick(self.companies).salesforce
        {
            fields.append(("ParentId", parent))
        }
        return self.planted("Account", fields, &state, now - self.tradeAge())
    }
}
