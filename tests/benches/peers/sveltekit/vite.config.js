import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

// All pages are entries; links in the articles lead to what only the original site has, too.
export default defineConfig({
	plugins: [sveltekit({ adapter: adapter(), prerender: { crawl: false } })]
});
