# Validates feeds with Ruby's own library for RSS 2.0 and Atom, and prints the errors, one a line. Elements of other
# namespaces than those that it knows are let through in RSS, which permits them ("Extending RSS"), and not in Atom.

require "rss"

ARGV.each do |file|
  feed = RSS::Parser.parse(File.read(file), true, file.end_with?("rss.xml"))
  puts "#{file}: neither RSS nor Atom" if feed.nil?
rescue RSS::Error => error
  puts "#{file}: #{error.class}: #{error.message}"
end
