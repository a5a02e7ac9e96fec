package book.build;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.asciidoctor.Asciidoctor;

/**
 * Code between backticks says what its author wrote: {@code a ->> b} is no arrow, {@code V1__x.sql} no emphasis. To
 * Asciidoctor backticks are a typeface only, and literal text wants a plus sign in addition. There is no attribute for it
 * but {@code compat-mode}, which changes much else, and no extension point before its substitutions; so its reader of
 * literal text is told of the backticks. What has the plus signs, a role or a backslash stays as it was.
 */
final class LiteralCode {
    private static final String RUBY = """
        module LiteralCode
          BACKTICKS = Asciidoctor::QUOTE_SUBS[false].filter_map {|type, _, pattern| pattern if type == :monospaced }

          def extract_passthroughs text
            super(BACKTICKS.reduce(text) {|rest, pattern| rest.gsub(pattern) { literal Regexp.last_match } })
          end

          def literal match
            *before, role, code = match.captures
            return match[0] if role || match[0].start_with?('\\\\') || code.match?(/\\A\\+.*\\+\\z/m)
            @passthroughs[key = @passthroughs.size] = { text: code, subs: [:specialcharacters], type: :monospaced }
            "#{before[0]}#{Asciidoctor::Substitutors::PASS_START}#{key}#{Asciidoctor::Substitutors::PASS_END}"
          end
        end
        Asciidoctor::AbstractNode.prepend LiteralCode
        """;

    private LiteralCode() { }

    static void in(Asciidoctor asciidoctor) {
        asciidoctor.rubyExtensionRegistry().loadClass(new ByteArrayInputStream(RUBY.getBytes(StandardCharsets.UTF_8)));
    }
}
